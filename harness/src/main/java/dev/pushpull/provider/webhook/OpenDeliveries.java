package dev.pushpull.provider.webhook;

import dev.pushpull.provider.webhook.Delivery.State;
import dev.pushpull.surface.Unfinished;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The deliveries that were not acknowledged. Those that may still be sent are held with their events, up to a limit in
 * bytes. A delivery that was given up keeps no event: only a line for the books, as long as lines are wanted, and a
 * count for its reason. Any thread may call any method.
 */
final class OpenDeliveries {
    /** Roughly what a delivery takes besides its event: its timer, its place in a queue, its entries here. */
    static final int BYTES_A_DELIVERY = 512;

    /** An event is held as bytes and as text, so waiting events take at most three eighths of the heap. */
    private static final int PART_OF_THE_HEAP = 8;

    private final long mostBytes;
    private final int mostListed;
    private final Map<Subscription, Backlog> backlogs = new HashMap<>();
    /** By the event's position: how many deliveries hold it. */
    private final Map<Long, Integer> holders = new HashMap<>();

    private final Map<Key, Unfinished> givenUp = new LinkedHashMap<>();
    private final Map<State, Long> givenUpCounts = new EnumMap<>(State.class);
    private long heldBytes;
    private int size;

    private record Key(String subscription, long position) {}

    /** The open deliveries of one endpoint, in order of arrival. */
    private static final class Backlog {
        final Map<Long, Delivery> byNumber = new LinkedHashMap<>();
        long bytes;

        /** Null when everything is in flight. */
        Delivery oldestWaiting() {
            for (Delivery delivery : byNumber.values()) {
                if (delivery.state.waits()) {
                    return delivery;
                }
            }
            return null;
        }
    }

    /**
     * @param mostBytes of open deliveries, each event counted once; see {@link #crowdOut}
     * @param mostListed how many given-up deliveries {@link #unfinished} lists one by one, the newest ones
     */
    OpenDeliveries(long mostBytes, int mostListed) {
        this.mostBytes = mostBytes;
        this.mostListed = mostListed;
    }

    /** Holds up to an eighth of the maximum heap. */
    OpenDeliveries(int mostListed) {
        this(Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP, mostListed);
    }

    /** The delivery is due, or waits for a retry. */
    synchronized void add(Delivery delivery, State state) {
        delivery.state = state;
        Backlog backlog = backlogs.computeIfAbsent(delivery.subscription, any -> new Backlog());
        backlog.byNumber.put(delivery.number, delivery);
        backlog.bytes += bytes(delivery);
        heldBytes += BYTES_A_DELIVERY;
        if (holders.merge(delivery.event.position(), 1, Integer::sum) == 1) {
            heldBytes += delivery.event.json().length;
        }
        size++;
    }

    /** An attempt begins, or waits to begin; false when the delivery is over. */
    synchronized boolean is(Delivery delivery, State state) {
        if (delivery.state.isOver()) {
            return false;
        }
        delivery.state = state;
        return true;
    }

    /** The delivery is over, acknowledged or not; false when it was over before. */
    synchronized boolean over(Delivery delivery, State end) {
        if (delivery.state.isOver()) {
            return false;
        }
        delivery.state = end;
        release(delivery);
        if (end != State.ACKNOWLEDGED) {
            givenUpCounts.merge(end, 1L, Long::sum);
            givenUp.put(key(delivery.subscription, delivery.event.position()), listed(delivery));
            if (givenUp.size() > mostListed) {
                givenUp.remove(givenUp.keySet().iterator().next());
            }
        }
        return true;
    }

    /**
     * Gives up everything that waits for an endpoint; deliveries in flight still wait for their answers. Returns what
     * it gave up.
     */
    synchronized List<Delivery> giveUpWaiting(Subscription subscription, State end) {
        Backlog backlog = backlogs.get(subscription);
        if (backlog == null) {
            return List.of();
        }
        List<Delivery> waiting = backlog.byNumber.values().stream()
                .filter(delivery -> delivery.state.waits())
                .toList();
        waiting.forEach(delivery -> over(delivery, end));
        return waiting;
    }

    /**
     * Gives up what waits beyond the limit and a tenth more, so that it need not be done one by one. It always takes
     * the oldest of the endpoint that holds most, so that an endpoint with little waiting loses nothing to another's
     * outage. Returns what it gave up.
     */
    synchronized List<Delivery> crowdOut() {
        if (heldBytes <= mostBytes) {
            return List.of();
        }
        List<Delivery> gone = new ArrayList<>();
        while (heldBytes > mostBytes - mostBytes / 10) {
            Delivery oldest = oldestOfTheLargest();
            if (oldest == null) {
                break; // all is in flight, which other limits bound
            }
            over(oldest, State.CROWDED_OUT);
            gone.add(oldest);
        }
        return gone;
    }

    private Delivery oldestOfTheLargest() {
        Delivery oldest = null;
        long most = 0;
        for (Backlog backlog : backlogs.values()) {
            Delivery waiting = backlog.bytes > most ? backlog.oldestWaiting() : null;
            if (waiting != null) {
                oldest = waiting;
                most = backlog.bytes;
            }
        }
        return oldest;
    }

    private void release(Delivery delivery) {
        Backlog backlog = backlogs.get(delivery.subscription);
        backlog.byNumber.remove(delivery.number);
        backlog.bytes -= bytes(delivery);
        if (backlog.byNumber.isEmpty()) {
            backlogs.remove(delivery.subscription);
        }
        heldBytes -= BYTES_A_DELIVERY;
        if (holders.merge(delivery.event.position(), -1, OpenDeliveries::sumOrNone) == null) {
            heldBytes -= delivery.event.json().length;
        }
        size--;
    }

    private static Integer sumOrNone(int held, int change) {
        return held + change == 0 ? null : (Integer) (held + change);
    }

    /**
     * An event is sent to an endpoint by hand, so an earlier delivery that was given up no longer counts as unfinished.
     */
    synchronized void forgive(Subscription subscription, long position) {
        Unfinished before = givenUp.remove(key(subscription, position));
        if (before != null) {
            givenUpCounts.replaceAll((state, count) -> state.reason().equals(before.reason()) ? count - 1 : count);
        }
    }

    /** Open deliveries. */
    synchronized int size() {
        return size;
    }

    /** All open deliveries, and the newest of those that were given up. */
    synchronized List<Unfinished> unfinished() {
        List<Unfinished> unfinished = new ArrayList<>(givenUp.values());
        backlogs.values()
                .forEach(backlog -> backlog.byNumber.values().forEach(delivery -> unfinished.add(listed(delivery))));
        return unfinished;
    }

    /** The number of unacknowledged deliveries by reason, including those that are not listed. */
    synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        givenUpCounts.forEach((state, count) -> {
            if (count > 0) {
                counts.put(state.reason(), count);
            }
        });
        backlogs.values()
                .forEach(backlog -> backlog.byNumber
                        .values()
                        .forEach(delivery -> counts.merge(delivery.state.reason(), 1L, Long::sum)));
        return counts;
    }

    private static int bytes(Delivery delivery) {
        return BYTES_A_DELIVERY + delivery.event.json().length;
    }

    private static Key key(Subscription subscription, long position) {
        return new Key(subscription.id(), position);
    }

    private static Unfinished listed(Delivery delivery) {
        return new Unfinished(
                delivery.subscription.url(),
                delivery.event.event().stream(),
                delivery.event.event().sequence(),
                delivery.state.reason());
    }
}
