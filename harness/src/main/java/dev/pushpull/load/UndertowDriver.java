package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.URI;
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
 * Undertow's own non-blocking client: one I/O thread owns all connections and counts, so nothing is locked. What is due
 * is sent whenever that thread handles a connection ({@link DueRequests}). The thread that runs the step only wakes it
 * when something becomes due, and measures how long it takes to wake.
 */
final class UndertowDriver implements LoadDriver {
    /** Waking the I/O thread more often than this would cost more than the requests. */
    private static final long LEAST_GAP_NANOS = 50_000;

    private static final long LAG_PROBE_NANOS = 1_000_000;
    private static final long LOOK_EVERY_NANOS = 1_000_000;
    static final int BUFFER_BYTES = 16 * 1024;

    private final URI server;
    private final LoadRequest request;
    private final NanoClock clock;
    private final XnioWorker worker;
    private final XnioIoThread io;
    private final ByteBufferPool pool = new DefaultByteBufferPool(true, BUFFER_BYTES);
    private final UndertowConnection[] connections;
    private final DueRequests requests;

    /** Whether the I/O thread was woken and has not yet handled what is due. */
    private volatile boolean waking;

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
        this.requests = new DueRequests(request, connections, clock);
        try {
            connect();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens the connections that are not open. */
    private void connect() throws IOException {
        for (int number = 0; number < connections.length; number++) {
            if (connections[number] == null || !connections[number].open()) {
                ClientConnection opened = UndertowClient.getInstance()
                        .connect(server, io, pool, OptionMap.create(Options.TCP_NODELAY, true))
                        .get();
                connections[number] =
                        new UndertowConnection(requests, opened, request, server.getRawAuthority(), clock.nanoTime());
            }
        }
    }

    @Override
    public LoadResult run(LoadStep step) throws IOException, InterruptedException {
        connect();
        onIoThread(() -> requests.begin(step, connections));
        CpuWindow cpu = new CpuWindow(step, io.getId());
        pace(step, cpu);
        long deadline = step.untilNanos() + step.drainNanos();
        while (!requests.over() && clock.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            io.execute(requests::seeWhetherOver);
        }
        onIoThread(requests::end);
        return requests.result(cpu.taken());
    }

    /** Wakes the I/O thread for what is due, until nothing more is. */
    private void pace(LoadStep step, CpuWindow cpu) throws InterruptedException {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        boolean sends = step.openLoop() && request.kind() != LoadRequest.Kind.HELD;
        long now = clock.nanoTime();
        while (now - step.untilNanos() < 0) {
            long next = requests.next();
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
        cpu.at(now); // the step was over before it could begin
    }

    private void wake(long askedAtNanos) {
        waking = false;
        requests.woken(askedAtNanos);
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
