package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.load.BadEndpoint;
import dev.pushpull.load.BadEndpoints;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.surface.ProviderSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider that pushes to receivers which take their time to answer, each with a stream of its own: how long events
 * wait at the provider until they reach their receiver. Bad endpoints may share that provider.
 */
final class SlowReceivers {
    private static final HttpString WEBHOOK_ID = new HttpString("webhook-id");
    private static final byte[] BAD_ANSWER = BadEndpoints.answer("text/plain", "taken");
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String DATA = "{\"filler\":\"" + "x".repeat(1000) + "\"}";

    private final Setup setup;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final List<Planned> plan;
    private final List<LatencyHistogram> reached = new ArrayList<>();
    private final Set<Integer> first = ConcurrentHashMap.newKeySet();
    private final Map<BadEndpoint, Integer> badAttempts = new EnumMap<>(BadEndpoint.class);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong answerNanos = new AtomicLong();
    private final AtomicLong answerSquareMicros = new AtomicLong();
    private volatile long startNanos;

    /**
     * @param arrivals of each receiver's stream
     * @param answerMillis of each receiver: how long it takes to answer
     * @param webhooks with the in-flight limits
     * @param bad endpoints beside the receivers, one of each of these kinds, each with a stream of its own
     * @param badArrivals of each of their streams
     * @param drainNanos how long to wait, after that time, for what has not reached its receiver
     */
    record Setup(
            ArrivalProcess arrivals,
            List<Integer> answerMillis,
            Scenario.Webhooks webhooks,
            long durationNanos,
            long seed,
            List<BadEndpoint> bad,
            ArrivalProcess badArrivals,
            long drainNanos) {
        /** Among themselves, and what is late at the end is not waited for. */
        Setup(
                ArrivalProcess arrivals,
                List<Integer> answerMillis,
                Scenario.Webhooks webhooks,
                long durationNanos,
                long seed) {
            this(arrivals, answerMillis, webhooks, durationNanos, seed, List.of(), arrivals, 0);
        }

        int receivers() {
            return answerMillis.size();
        }
    }

    private record Planned(long offsetNanos, int receiver) {}

    /**
     * What came of it.
     *
     * @param latency of each receiver: from an event's intended time to its first webhook's arrival
     * @param events of each receiver
     * @param meanAnswerSeconds mean of the times for which an attempt occupied its place in flight
     * @param meanSquareAnswer mean of their squares
     * @param badAttempts connections that each bad endpoint had
     */
    record Result(
            List<Distribution> latency,
            List<Long> events,
            double meanAnswerSeconds,
            double meanSquareAnswer,
            Map<BadEndpoint, Integer> badAttempts) {}

    private SlowReceivers(Setup setup) {
        this.setup = setup;
        this.plan = planned(setup);
        setup.answerMillis().forEach(millis -> reached.add(new LatencyHistogram()));
    }

    /** @throws IOException when provider and receivers do not come together */
    static Result measured(Setup setup) throws IOException, InterruptedException {
        return new SlowReceivers(setup).measured();
    }

    private static List<Planned> planned(Setup setup) {
        List<Planned> plan = new ArrayList<>();
        for (int receiver = 0; receiver < setup.receivers() + setup.bad().size(); receiver++) {
            ArrivalProcess arrivals = receiver < setup.receivers() ? setup.arrivals() : setup.badArrivals();
            ArrivalTimes times = arrivals.times(new SplittableRandom(setup.seed() + receiver));
            for (long at = times.nextNanos(); at < setup.durationNanos(); at = times.nextNanos()) {
                plan.add(new Planned(at, receiver));
            }
        }
        plan.sort(Comparator.comparingLong(Planned::offsetNanos));
        return plan;
    }

    private Result measured() throws IOException, InterruptedException {
        ProviderSettings settings =
                new ProviderSettings("127.0.0.1", 0, 10_000, setup.webhooks(), setup.seed(), Set.of());
        RoleThreads threads = new RoleThreads("slow", RoleThreads.CONSUMER);
        try (BadEndpoints bad = new BadEndpoints(setup.bad(), BAD_ANSWER, new byte[0]);
                MeteredHttpServer receivers = new MeteredHttpServer("127.0.0.1", 0, threads, this::take);
                ProviderServer provider =
                        new ProviderServer(settings, "slow", clock, (url, due, sent, done, exchange) -> {
                            answered.incrementAndGet();
                            answerNanos.addAndGet(done - sent);
                            answerSquareMicros.addAndGet((done - sent) / 1000 * ((done - sent) / 1000));
                        });
                ProviderClient client = new ProviderClient(provider.address(), clock, new Recorder(1), 1, 0)) {
            for (int receiver = 0; receiver < setup.receivers(); receiver++) {
                client.subscribe(
                        receivers.address().resolve("/" + receiver).toString(),
                        setup.webhooks().scheme(),
                        stream(receiver));
            }
            for (BadEndpoint kind : setup.bad()) {
                int receiver = setup.receivers() + setup.bad().indexOf(kind);
                client.subscribe(bad.address(kind) + "/", setup.webhooks().scheme(), stream(receiver));
            }
            pump(provider);
            new PreciseWaiter(clock).parkUntil(startNanos + setup.durationNanos());
            drain();
            setup.bad().forEach(kind -> badAttempts.put(kind, bad.conversations(kind)));
            provider.stop(TimeUnit.SECONDS.toNanos(1));
        }
        List<Distribution> latency;
        synchronized (reached) {
            latency = reached.stream().map(LatencyHistogram::distribution).toList();
        }
        long attempts = answered.get();
        return new Result(
                latency,
                events(),
                attempts == 0 ? Double.NaN : answerNanos.get() / 1e9 / attempts,
                attempts == 0 ? Double.NaN : answerSquareMicros.get() / 1e12 / attempts,
                badAttempts);
    }

    private void drain() {
        long events = events().stream().mapToLong(Long::longValue).sum();
        long untilNanos = startNanos + setup.durationNanos() + setup.drainNanos();
        while (first.size() < events && clock.nanoTime() < untilNanos) {
            new PreciseWaiter(clock).parkUntil(clock.nanoTime() + LOOK_EVERY_NANOS);
        }
    }

    private List<Long> events() {
        Long[] events = new Long[setup.receivers()];
        Arrays.setAll(
                events,
                receiver -> plan.stream()
                        .filter(planned -> planned.receiver() == receiver)
                        .count());
        return List.of(events);
    }

    private static String stream(int receiver) {
        return "c" + receiver;
    }

    private void pump(ProviderServer provider) {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        long epochOffsetNanos = HostClocks.now(clock).offsetNanos();
        startNanos = clock.nanoTime() + LEAD_NANOS;
        for (int number = 0; number < plan.size(); number++) {
            Planned planned = plan.get(number);
            long intendedNanos = startNanos + planned.offsetNanos();
            EventDraft draft = new EventDraft(
                    "evt_" + number,
                    stream(planned.receiver()),
                    "payment.succeeded",
                    intendedNanos + epochOffsetNanos,
                    DATA);
            waiter.awaitUntil(intendedNanos);
            provider.append(draft, intendedNanos);
        }
    }

    /** On the one I/O thread of the receivers' server. */
    private void take(HttpServerExchange exchange) {
        long now = clock.nanoTime();
        int number = Integer.parseInt(
                exchange.getRequestHeaders().getFirst(WEBHOOK_ID).substring("evt_".length()));
        Planned planned = plan.get(number);
        if (first.add(number)) {
            synchronized (reached) {
                reached.get(planned.receiver()).record(now - startNanos - planned.offsetNanos());
            }
        }
        int millis = setup.answerMillis().get(planned.receiver());
        if (millis > 0) {
            exchange.dispatch(
                    SameThreadExecutor.INSTANCE,
                    () -> exchange.getIoThread().executeAfter(exchange::endExchange, millis, TimeUnit.MILLISECONDS));
        }
    }

    /** So many receivers that answer alike. */
    static List<Integer> alike(int receivers, int answerMillis) {
        Integer[] all = new Integer[receivers];
        Arrays.fill(all, answerMillis);
        return List.of(all);
    }
}
