package dev.pushpull.http;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What passed over each of a server's connections, by its client's port; of the newest ten thousand or so. */
final class ServedPorts {
    /** A source that serves for months has more connections than anyone needs to see one by one. */
    static final int MOST_COUNTS = 10_000;

    private final Deque<Count> counts = new ArrayDeque<>();

    /** More clients than a run has; those of others count together. */
    private static final int MOST_PEERS = 1000;

    private static final String OTHERS = "";

    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /** What passed to and from all clients at one address. */
    private static final class Peer {
        private final LongAdder sent = new LongAdder();
        private final LongAdder received = new LongAdder();
        private final LongAdder requests = new LongAdder();

        private Carried carried() {
            return new Carried(sent.sum(), received.sum(), requests.sum(), 0);
        }
    }

    /** The counts of one connection; written by whichever thread serves it, requests and items by one at a time. */
    static final class Count {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong items = new AtomicLong();

        private final int clientPort;
        private final Peer peer;

        private Count(int clientPort, Peer peer) {
            this.clientPort = clientPort;
            this.peer = peer;
        }

        void sent(long bytes) {
            peer.sent.add(bytes);
            sent.addAndGet(bytes);
        }

        void received(long bytes) {
            peer.received.add(bytes);
            received.addAndGet(bytes);
        }

        /** A request has arrived; a connection has one at a time. */
        void heard() {
            peer.requests.increment();
            requests.lazySet(requests.get() + 1);
            items.lazySet(0);
        }

        /** The answer has this many events. */
        void answersWith(long events) {
            items.lazySet(events);
        }

        private Carried carried() {
            return new Carried(sent.get(), received.get(), requests.get(), items.get());
        }
    }

    /** A connection begins; its client may be gone already. */
    synchronized Count begin(InetSocketAddress client) {
        if (counts.size() == MOST_COUNTS) {
            counts.removeFirst();
        }
        String known = client == null ? OTHERS : client.getAddress().getHostAddress();
        String address = peers.containsKey(known) || peers.size() < MOST_PEERS ? known : OTHERS;
        Count count =
                new Count(client == null ? 0 : client.getPort(), peers.computeIfAbsent(address, anyone -> new Peer()));
        counts.addLast(count);
        return count;
    }

    /** What passed to and from the clients at each address. */
    Map<String, Carried> byAddress() {
        return peers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, peer -> peer.getValue().carried()));
    }

    synchronized Map<Integer, List<Carried>> carried() {
        return counts.stream()
                .collect(Collectors.groupingBy(
                        count -> count.clientPort, Collectors.mapping(Count::carried, Collectors.toList())));
    }
}
