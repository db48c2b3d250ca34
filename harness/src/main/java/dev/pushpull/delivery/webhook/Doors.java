package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.Outages;
import dev.pushpull.delivery.Relays;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Place;
import dev.pushpull.http.DelayRelay;
import dev.pushpull.http.HeldPort;
import dev.pushpull.http.ListeningPorts;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where a receiver's consumers can be reached: at one port for those that go down and die together. Over a distance, or
 * with something between, a relay stands before each port. A port is really closed in an outage, and is the same one
 * afterwards; that of dead endpoints stays closed.
 */
final class Doors implements AutoCloseable {
    /** Somebody else may have the port for a moment. */
    private static final long KEEPS_TRYING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long TRIES_EVERY_MILLIS = 5;

    private final ListeningPorts ports;
    private final Scenario scenario;
    private final NanoClock clock;
    private final String mode;
    private final Place place;
    private final Outages outages;
    private final Map<Fate, Door> doors = new LinkedHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private ScheduledThreadPoolExecutor deaths;
    private int listening;
    private long limitsFromNanos = Middlebox.NEVER;
    private boolean closed;

    /**
     * What consumers of one door share.
     *
     * @param group of outages
     * @param deadFromNanos {@link Endpoints#NEVER} for those that live
     */
    private record Fate(int group, long deadFromNanos) {}

    /** A port. All of it is guarded by the doors. */
    private final class Door {
        /** Among the receiver's ports; -1 where nobody ever listens. */
        private final int number;

        private DelayRelay relay;
        private HeldPort held;
        private boolean isDead;

        /** Nobody ever listens there. */
        Door() {
            number = -1;
            held = HeldPort.at(here(0));
        }

        Door(int number) throws IOException {
            this.number = number;
            relay = relay(number, 0);
        }

        int port() throws IOException {
            return relay == null ? held.port() : relay.address().getPort();
        }

        void shut() {
            if (isDead || number < 0) {
                return;
            }
            ports.shut(number);
            if (scenario.wire().relayed()) {
                int port = relay.address().getPort();
                relay.close();
                held = HeldPort.at(here(port));
            }
        }

        void reopen() throws IOException {
            if (isDead || number < 0) {
                return;
            }
            ports.reopen(number);
            if (held != null) {
                held.close();
                held = null;
                relay = relay(number, relay.address().getPort());
            }
        }

        void close() {
            if (relay != null) {
                relay.close();
            }
            if (held != null) {
                held.close();
            }
        }
    }

    /**
     * @param ports of which one is open
     * @param place whose consumers they are
     * @throws IOException when it cannot listen at more
     */
    Doors(ListeningPorts ports, Scenario scenario, String mode, NanoClock clock, Place place) throws IOException {
        this.ports = ports;
        this.scenario = scenario;
        this.clock = clock;
        this.mode = mode;
        this.place = place;
        this.outages = new Outages(scenario, clock);
        try {
            for (int consumer : place.numbers(scenario.events().consumers()).toArray()) {
                Fate fate = fate(consumer);
                if (!doors.containsKey(fate)) {
                    doors.put(fate, fate.deadFromNanos() == 0 ? new Door() : new Door(nextPort()));
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Fate fate(int consumer) {
        Endpoints endpoints = scenario.webhooks().endpoints();
        return new Fate(
                outages.groupOf(consumer),
                endpoints.deadFromNanos(consumer, scenario.events().consumers()));
    }

    private int nextPort() throws IOException {
        if (listening > 0) {
            ports.addOne();
        }
        return listening++;
    }

    private InetSocketAddress here(int port) {
        return new InetSocketAddress(place.bind(), port);
    }

    private DelayRelay relay(int number, int port) throws IOException {
        DelayRelay relay = Relays.before(ports.address(number), scenario, mode, port);
        relay.limitsFrom(limitsFromNanos);
        return relay;
    }

    /** At how many ports it listens. */
    int count() {
        return Math.max(1, listening);
    }

    /**
     * The port of a consumer.
     *
     * @throws IOException when there is none
     */
    synchronized int port(int consumer) throws IOException {
        return doors.get(fate(consumer)).port();
    }

    /** From now on outages close them, endpoints die, and limits of what stands between are in force. */
    synchronized void start(long startNanos) {
        limitsFromNanos = startNanos;
        doors.values().stream().filter(door -> door.relay != null).forEach(door -> door.relay.limitsFrom(startNanos));
        outages.start(startNanos, this::down, this::up);
        doors.forEach((fate, door) -> {
            if (fate.deadFromNanos() != Endpoints.NEVER && door.number >= 0) {
                diesAt(startNanos + fate.deadFromNanos(), door);
            }
        });
    }

    private void diesAt(long nanos, Door door) {
        if (deaths == null) {
            deaths = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "dying endpoints");
                thread.setDaemon(true);
                return thread;
            });
        }
        deaths.schedule(() -> die(door), nanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private synchronized void die(Door door) {
        if (!closed) {
            door.shut();
            door.isDead = true;
        }
    }

    private synchronized void down(int group) {
        if (!closed) {
            of(group).forEach(Door::shut);
        }
    }

    private List<Door> of(int group) {
        return doors.entrySet().stream()
                .filter(entry -> entry.getKey().group() == group)
                .map(Map.Entry::getValue)
                .toList();
    }

    private void up(int group) {
        of(group).forEach(this::open);
    }

    private void open(Door door) {
        long giveUpNanos = clock.nanoTime() + KEEPS_TRYING_NANOS;
        boolean open = false;
        while (!open) {
            try {
                reopen(door);
                open = true;
            } catch (IOException e) {
                if (clock.nanoTime() > giveUpNanos) {
                    failures.add("a receiver did not come back after an outage: " + Failures.sentence(e));
                    return;
                }
                pause();
            }
        }
    }

    private synchronized void reopen(Door door) throws IOException {
        if (!closed) {
            door.reopen();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TRIES_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that could not be opened again, a line each. */
    List<String> failures() {
        return failures;
    }

    @Override
    public synchronized void close() {
        closed = true;
        outages.close();
        if (deaths != null) {
            deaths.shutdownNow();
        }
        doors.values().forEach(Door::close);
    }
}
