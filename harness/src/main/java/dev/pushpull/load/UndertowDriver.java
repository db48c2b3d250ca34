package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.LatencyHistogram;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Undertow's own client, non-blocking: one I/O thread has all connections and whatever is counted, so nothing is locked.
 * What is due is sent whenever that thread turns to a connection; the thread that runs the step only wakes it when
 * something becomes due, and measures how long it takes to wake.
 */
final class UndertowDriver implements LoadDriver {
    /** Waking the I/O thread more often than this would cost more than the requests. */
    private static final long LEAST_GAP_NANOS = 50_000;

    private static final long LAG_PROBE_NANOS = 1_000_000;
    private static final long LOOK_EVERY_NANOS = 1_000_000;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final URI server;
    private final LoadRequest request;
    private final NanoClock clock;
    private final XnioWorker worker;
    private final XnioIoThread io;
    private final ByteBufferPool pool = new DefaultByteBufferPool(true, BUFFER_BYTES);
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final UndertowConnection[] connections;
    private final Map<String, HttpString> headerNames = new HashMap<>();

    // of the I/O thread
    private final UndertowConnection[] idle;
    private int idleCount;
    private final String[] cursors;
    private final Map<UndertowConnection, Integer> numbers = new HashMap<>();
    private LoadStep step;
    private Tally tally;
    private LatencyHistogram lag;
    private long sentInAll;
    private int underWay;
    private long arrived;

    // told by it
    private volatile long next;
    private volatile boolean waking;
    private volatile boolean over = true;

    UndertowDriver(URI server, LoadRequest request, int connections, NanoClock clock) throws IOException {
        this.server = server;
        this.request = request;
        this.clock = clock;
        this.worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.WORKER_TASK_CORE_THREADS, 0)
                        .set(Options.WORKER_TASK_MAX_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .set(Options.WORKER_NAME, new RoleThreads("load", RoleThreads.HARNESS).prefix())
                        .getMap());
        this.io = worker.getIoThread(0);
        this.connections = new UndertowConnection[connections];
        this.idle = new UndertowConnection[connections];
        this.cursors = new String[connections];
        java.util.Arrays.fill(cursors, "0");
        try {
            connect();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens those connections that are not open. */
    private void connect() throws IOException {
        for (int number = 0; number < connections.length; number++) {
            if (connections[number] == null || !connections[number].open()) {
                ClientConnection opened = UndertowClient.getInstance()
                        .connect(server, io, pool, OptionMap.create(Options.TCP_NODELAY, true))
                        .get();
                connections[number] =
                        new UndertowConnection(this, opened, request, server.getRawAuthority(), clock.nanoTime());
            }
        }
    }

    @Override
    public LoadResult run(LoadStep step) throws IOException, InterruptedException {
        connect();
        over = false;
        onIoThread(() -> begin(step));
        CpuWindow cpu = new CpuWindow(step, io.getId());
        pace(step, cpu);
        long deadline = step.untilNanos() + step.drainNanos();
        while (!over && clock.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            io.execute(this::seeWhetherOver);
        }
        onIoThread(this::end);
        return tally.result(sentInAll, lag.distribution(), cpu.taken());
    }

    /** Wakes the I/O thread for what is due, until nothing is any more. */
    private void pace(LoadStep step, CpuWindow cpu) throws InterruptedException {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        boolean sends = step.openLoop() && request.kind() != LoadRequest.Kind.HELD;
        long now = clock.nanoTime();
        while (now - step.untilNanos() < 0) {
            long due = sends && next < step.total() ? step.dueNanos(next) : step.untilNanos();
            long gap = due - now < -LAG_PROBE_NANOS ? LAG_PROBE_NANOS : LEAST_GAP_NANOS;
            long wakeAt = Math.max(due, now + gap);
            wakeAt = Math.min(wakeAt, Math.max(cpu.nextNanos(), now + LEAST_GAP_NANOS));
            if (sends) {
                waiter.awaitUntil(wakeAt);
            } else {
                waiter.parkUntil(Math.min(wakeAt, now + LAG_PROBE_NANOS));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = clock.nanoTime();
            cpu.at(now);
            if (!waking) {
                waking = true;
                long askedAt = now;
                io.execute(() -> wake(askedAt));
            }
        }
        cpu.at(now); // a step that was over before it could begin
    }

    private void wake(long askedAtNanos) {
        waking = false;
        long now = clock.nanoTime();
        if (step.measures(askedAtNanos)) {
            lag.record(now - askedAtNanos);
        }
        sendWhatIsDue();
    }

    private void begin(LoadStep begun) {
        step = begun;
        tally = new Tally(begun);
        lag = new LatencyHistogram();
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

    /** Polls, to be held until there is an event. */
    private void poll(UndertowConnection connection) {
        int number = numbers.get(connection);
        connection.path(request.path() + "?stream=c" + number + "&after=" + cursors[number]);
        sentInAll++;
        connection.send(clock.nanoTime(), clock.nanoTime());
    }

    /** A whole answer came; the connection is free. */
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

    /** The connection broke under a request. */
    void broken(UndertowConnection connection) {
        if (request.kind() != LoadRequest.Kind.HELD) {
            underWay--;
            tally.failed(connection.dueNanos());
        }
    }

    private void seeWhetherOver() {
        boolean allSent = !step.openLoop() || next >= step.total();
        over = request.kind() == LoadRequest.Kind.HELD ? arrived >= step.total() : allSent && underWay == 0;
    }

    /** What is not answered by now is not answered. */
    private void end() {
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

    private void onIoThread(Runnable work) throws InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        io.execute(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Shared by all connections: what is read is done with before the next is read. */
    ByteBuffer buffer() {
        return buffer;
    }

    long now() {
        return clock.nanoTime();
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            worker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }
}
