package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.Outages;
import dev.pushpull.delivery.Relays;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.DelayRelay;
import dev.pushpull.http.HeldPort;
import dev.pushpull.http.ListeningPorts;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Where a receiver's consumers can be reached: at one port, or at one each where they go down by themselves. Over a
 * distance, or with something between, a relay stands before each port. A port is really closed in an outage, and is the same one afterwards.
 */
final class Doors implements AutoCloseable {
    /** Somebody else may have the port for a moment. */
    private static final long KEEPS_TRYING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long TRIES_EVERY_MILLIS = 5;

    private final ListeningPorts ports;
    private final Scenario scenario;
    private final NanoClock clock;
    private final String mode;
    private final Outages outages;
    private final List<DelayRelay> relays = new ArrayList<>();
    private final List<HeldPort> held = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private long limitsFromNanos = Middlebox.NEVER;
    private boolean closed;

    /**
     * @param ports of which one is open
     * @throws IOException when it cannot listen at more
     */
    Doors(ListeningPorts ports, Scenario scenario, String mode, NanoClock clock) throws IOException {
        this.ports = ports;
        this.scenario = scenario;
        this.clock = clock;
        this.mode = mode;
        this.outages = new Outages(scenario, clock);
        try {
            for (int door = 0; door < Math.max(1, outages.groups()); door++) {
                if (door > 0) {
                    ports.addOne();
                }
                relays.add(relay(door, 0));
                held.add(null);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private DelayRelay relay(int door, int port) throws IOException {
        DelayRelay relay = Relays.before(ports.address(door), scenario, mode, port);
        relay.limitsFrom(limitsFromNanos);
        return relay;
    }

    /** How many there are. */
    int count() {
        return relays.size();
    }

    /** The port at which a consumer can be reached. */
    synchronized int port(int consumer) {
        return relays.get(outages.groupOf(consumer)).address().getPort();
    }

    /** From now on outages close them, and limits of what stands between are in force. */
    synchronized void start(long startNanos) {
        limitsFromNanos = startNanos;
        relays.forEach(relay -> relay.limitsFrom(startNanos));
        outages.start(startNanos, this::down, this::up);
    }

    private synchronized void down(int door) {
        if (closed) {
            return;
        }
        ports.shut(door);
        if (scenario.wire().relayed()) {
            int port = relays.get(door).address().getPort();
            relays.get(door).close();
            held.set(door, HeldPort.at(new InetSocketAddress("127.0.0.1", port)));
        }
    }

    private void up(int door) {
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

    private synchronized void reopen(int door) throws IOException {
        if (closed) {
            return;
        }
        ports.reopen(door);
        if (held.get(door) != null) {
            held.get(door).close();
            relays.set(door, relay(door, relays.get(door).address().getPort()));
            held.set(door, null);
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
        relays.forEach(DelayRelay::close);
        held.stream().filter(one -> one != null).forEach(HeldPort::close);
    }
}
