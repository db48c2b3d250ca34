package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp in its everyday use: synchronous calls, with a thread for each connection that takes the next request due. */
final class OkHttpDriver implements LoadDriver {
    private static final long LOOK_EVERY_NANOS = 1_000_000;
    private static final long LONGEST_HOLD_SECONDS = 90;

    private final HttpUrl server;
    private final LoadRequest request;
    private final NanoClock clock;
    private final Request template;
    private final OkHttpClient client;
    private final ExecutorService threads;
    private final String[] cursors;
    private final AtomicLong sentInAll = new AtomicLong();

    OkHttpDriver(URI server, LoadRequest request, int connections, NanoClock clock) {
        this.server = HttpUrl.get(server);
        this.request = request;
        this.clock = clock;
        this.cursors = new String[connections];
        Arrays.fill(cursors, "0");
        this.threads = Executors.newFixedThreadPool(connections, new RoleThreads("load", RoleThreads.HARNESS));
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(connections, 45, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .readTimeout(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        Request.Builder builder = new Request.Builder().url(this.server.resolve(request.path()));
        request.headers().forEach(builder::header);
        boolean hasBody = request.body().length > 0 || request.method().equals("POST");
        this.template = builder.method(request.method(), hasBody ? RequestBody.create(request.body(), null) : null)
                .build();
    }

    /** One step, shared by its threads. */
    private final class Run {
        private final LoadStep step;
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong arrived = new AtomicLong();
        private volatile boolean over;

        Run(LoadStep step) {
            this.step = step;
        }

        /** Sends one request after another; returns the results. */
        Tally send() {
            Tally tally = new Tally(step, cursors.length);
            PreciseWaiter waiter = new PreciseWaiter(clock);
            waiter.parkUntil(step.startNanos());
            while (!over) {
                long free = clock.nanoTime();
                if (!step.openLoop() && free - step.untilNanos() >= 0) {
                    break;
                }
                long number = next.getAndIncrement();
                if (number >= step.total()) {
                    break;
                }
                long due = step.openLoop() ? step.dueNanos(number) : free;
                waiter.parkUntil(due);
                Request one = request.kind() == LoadRequest.Kind.SAME ? template : distinct(number);
                long sent = clock.nanoTime();
                tally.sent(due, free, sent);
                sentInAll.incrementAndGet();
                try (Response response = client.newCall(one).execute()) {
                    response.body().bytes();
                    if (response.code() < 400) {
                        tally.answered(due, sent, clock.nanoTime());
                    } else {
                        tally.failed(due);
                    }
                } catch (IOException e) {
                    if (over) {
                        tally.unanswered(due, clock.nanoTime());
                    } else {
                        tally.failed(due);
                    }
                }
            }
            return tally;
        }

        private Request distinct(long number) {
            Request.Builder one = template.newBuilder();
            request.distinct(step.startNanos(), number, Clock.systemUTC().millis() / 1000, one::header);
            return one.build();
        }

        /** Polls one stream; each poll is held until there is an event. */
        Tally poll(int number) {
            Tally tally = new Tally(step, cursors.length);
            while (!over) {
                HttpUrl url = server.newBuilder(request.path())
                        .addQueryParameter("stream", "c" + number)
                        .addQueryParameter("after", cursors[number])
                        .build();
                sentInAll.incrementAndGet();
                try (Response response =
                        client.newCall(template.newBuilder().url(url).build()).execute()) {
                    HeldEvents page = new HeldEvents(response.body().bytes());
                    if (response.code() >= 400) {
                        tally.failed(step.fromNanos());
                        break;
                    }
                    cursors[number] = page.cursor(cursors[number]);
                    long now = clock.nanoTime();
                    page.events((intended, occurred) -> {
                        tally.sent(intended, intended, occurred);
                        tally.answered(intended, occurred, now);
                        if (intended - step.startNanos() >= 0) {
                            arrived.incrementAndGet();
                        }
                    });
                } catch (IOException e) {
                    if (!over) {
                        tally.failed(step.fromNanos());
                        break;
                    }
                }
            }
            return tally;
        }
    }

    @Override
    public LoadResult run(LoadStep step) throws InterruptedException {
        Run run = new Run(step);
        boolean held = request.kind() == LoadRequest.Kind.HELD;
        List<Future<Tally>> working = new ArrayList<>();
        for (int number = 0; number < cursors.length; number++) {
            int stream = number;
            working.add(threads.submit(() -> held ? run.poll(stream) : run.send()));
        }
        try {
            CpuWindow.Reading cpu = new CpuWindow(step, CpuWindow.NO_THREAD).await(clock);
            long deadline = step.untilNanos() + step.drainNanos();
            while (clock.nanoTime() - deadline < 0
                    && !(held
                            ? run.arrived.get() >= step.total()
                            : working.stream().allMatch(Future::isDone))) {
                LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            run.over = true;
            while (!working.stream().allMatch(Future::isDone)) { // a call may begin while others are being cancelled
                client.dispatcher().cancelAll();
                LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
            }
            LoadResult result = neverSent(run).result(sentInAll.get(), cpu);
            for (Future<Tally> one : working) {
                result = Tally.merged(result, one.get().result(sentInAll.get(), cpu));
            }
            if (held) {
                Tally missing = new Tally(step, cursors.length);
                missing.neverArrived(step.counted() - result.answered(), clock.nanoTime());
                result = Tally.merged(result, missing.result(sentInAll.get(), cpu));
            }
            return result;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            run.over = true;
            client.dispatcher().cancelAll();
        }
    }

    /** Requests that were due but that no thread took. */
    private Tally neverSent(Run run) {
        Tally tally = new Tally(run.step, cursors.length);
        if (run.step.openLoop() && request.kind() != LoadRequest.Kind.HELD) {
            long now = clock.nanoTime();
            for (long number = run.next.getAndSet(run.step.total()); number < run.step.total(); number++) {
                tally.unanswered(run.step.dueNanos(number), now);
            }
        }
        return tally;
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        threads.shutdownNow();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
