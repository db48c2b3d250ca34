package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The I/O thread's half of the {@link UndertowDriver}: sends what is due over idle connections, and counts the results.
 * All of it belongs to that thread, except where any thread is allowed.
 */
final class DueRequests {
    private final LoadRequest request;
    private final NanoClock clock;
    private final ByteBuffer buffer = ByteBuffer.allocate(UndertowDriver.BUFFER_BYTES);
    private final Map<String, HttpString> headerNames = new HashMap<>();
    private final UndertowConnection[] idle;
    private int idleCount;
    private final String[] cursors;
    private final Map<UndertowConnection, Integer> numbers = new HashMap<>();
    private UndertowConnection[] connections;
    private LoadStep step;
    private Tally tally;
    private long sentInAll;
    private int underWay;
    private long arrived;
    private volatile long next;
    private volatile boolean over = true;

    /** @param connections at most */
    DueRequests(LoadRequest request, int connections, NanoClock clock) {
        this.request = request;
        this.clock = clock;
        this.idle = new UndertowConnection[connections];
        this.cursors = new String[connections];
        Arrays.fill(cursors, "0");
    }

    /** Number of the next request to be sent in this step; any thread may call this. */
    long next() {
        return next;
    }

    /** Whether the whole step was sent and answered; any thread may call this. */
    boolean over() {
        return over;
    }

    /** Sends what is due, and records how long the thread took to wake. */
    void woken(long askedAtNanos) {
        tally.turned(askedAtNanos, clock.nanoTime());
        sendWhatIsDue();
    }

    /** The results of the last step; any thread may call this. */
    LoadResult result(CpuWindow.Reading cpu) {
        return tally.result(sentInAll, cpu);
    }

    /** A step begins, over these connections; those that are busy already hold polls. */
    void begin(LoadStep begun, UndertowConnection[] open) {
        over = false;
        connections = open;
        step = begun;
        tally = new Tally(begun, 1);
        next = 0;
        arrived = 0;
        idleCount = 0;
        for (int number = 0; number < connections.length; number++) {
            numbers.putIfAbsent(connections[number], number);
            if (!connections[number].underWay()) {
                idle[idleCount++] = connections[number];
            }
        }
        if (request.kind() == LoadRequest.Kind.HELD) {
            while (idleCount > 0) {
                poll(idle[--idleCount]);
            }
        } else {
            sendWhatIsDue();
        }
    }

    private void sendWhatIsDue() {
        if (request.kind() == LoadRequest.Kind.HELD) {
            return;
        }
        while (idleCount > 0) {
            long now = clock.nanoTime();
            long number = next;
            boolean openLoop = step.openLoop();
            boolean isDue = openLoop
                    ? number < step.total() && step.dueNanos(number) - now <= 0
                    : now - step.startNanos() >= 0 && now - step.untilNanos() < 0;
            if (!isDue || over) {
                return;
            }
            UndertowConnection connection = idle[--idleCount];
            long due = openLoop ? step.dueNanos(number) : now;
            next = number + 1;
            sentInAll++;
            underWay++;
            if (request.kind() != LoadRequest.Kind.SAME) {
                long epochSeconds = Clock.systemUTC().millis() / 1000;
                request.distinct(
                        step.startNanos(),
                        number,
                        epochSeconds,
                        (name, value) -> connection.header(headerNames.computeIfAbsent(name, HttpString::new), value));
            }
            tally.sent(due, connection.freeNanos(), now);
            connection.send(due, now);
        }
    }

    /** Sends polls that will be held until there is an event. */
    private void poll(UndertowConnection connection) {
        int number = numbers.get(connection);
        connection.path(request.path() + "?stream=c" + number + "&after=" + cursors[number]);
        sentInAll++;
        connection.send(clock.nanoTime(), clock.nanoTime());
    }

    /** A whole answer has arrived; the connection is free. */
    void answered(UndertowConnection connection) {
        boolean good = connection.status() < 400;
        if (request.kind() == LoadRequest.Kind.HELD) {
            HeldEvents page = new HeldEvents(connection.takeBody());
            if (!good) {
                tally.failed(step.fromNanos());
                return;
            }
            int number = numbers.get(connection);
            cursors[number] = page.cursor(cursors[number]);
            long now = connection.freeNanos();
            page.events((intended, occurred) -> {
                tally.sent(intended, intended, occurred);
                tally.answered(intended, occurred, now);
                arrived += intended - step.startNanos() >= 0 ? 1 : 0;
            });
            poll(connection);
            return;
        }
        underWay--;
        if (good) {
            tally.answered(connection.dueNanos(), connection.sentNanos(), connection.freeNanos());
        } else {
            tally.failed(connection.dueNanos());
        }
        idle[idleCount++] = connection;
        sendWhatIsDue();
    }

    /** The connection broke during a request. */
    void broken(UndertowConnection connection) {
        if (request.kind() != LoadRequest.Kind.HELD) {
            underWay--;
            tally.failed(connection.dueNanos());
        }
    }

    void seeWhetherOver() {
        boolean allSent = !step.openLoop() || next >= step.total();
        over = request.kind() == LoadRequest.Kind.HELD ? arrived >= step.total() : allSent && underWay == 0;
    }

    /** Counts requests that have no answer by now as unanswered. */
    void end() {
        over = true;
        long now = clock.nanoTime();
        if (request.kind() == LoadRequest.Kind.HELD) {
            tally.neverArrived(step.counted() - tally.answered(), now);
            return; // the polls wait for the events of the next step
        }
        for (UndertowConnection connection : connections) {
            if (connection.underWay()) {
                tally.unanswered(connection.dueNanos(), now);
                connection.abandon();
                underWay--;
            }
        }
        while (step.openLoop() && next < step.total()) {
            tally.unanswered(step.dueNanos(next), now);
            next++;
        }
    }

    /** Shared by all connections: each answer is finished before the next one is read. */
    ByteBuffer buffer() {
        return buffer;
    }

    long now() {
        return clock.nanoTime();
    }
}
