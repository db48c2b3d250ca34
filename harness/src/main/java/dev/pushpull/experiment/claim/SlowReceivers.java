package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.EventDraft;
import dev.pushpull.measure.HostClocks;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.measure.MeteredHttpServer;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.PreciseWaiter;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.ProviderSettings;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalTimes;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider that pushes to receivers which take their time to answer, each with a stream of its own: how long events
 * wait at the provider until they reach their receiver.
 */
final class SlowReceivers {
    private static final HttpString WEBHOOK_ID = new HttpString("webhook-id");
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String DATA = "{\"filler\":\"" + "x".repeat(1000) + "\"}";

    private final Setup setup;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final List<Planned> plan;
    private final List<LatencyHistogram> reached = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong answerNanos = new AtomicLong();
    private final AtomicLong answerSquareMicros = new AtomicLong();
    private volatile long startNanos;

    /**
     * @param arrivals of each receiver's stream
     * @param answerMillis of each receiver: how long it takes to answer
     * @param webhooks with the in-flight limits
     */
    record Setup(
            ArrivalProcess arrivals,
            List<Integer> answerMillis,
            Scenario.Webhooks webhooks,
            long durationNanos,
            long seed) {}

    private record Planned(long offsetNanos, int receiver) {}

    /**
     * What came of it.
     *
     * @param latency of each receiver: from an event's intended time to its first webhook's arrival
     * @param events of each receiver
     * @param meanAnswerSeconds mean of the times for which an attempt occupied its place in flight
     * @param meanSquareAnswer mean of their squares
     */
    record Result(List<Distribution> latency, List<Long> events, double meanAnswerSeconds, double meanSquareAnswer) {}

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
        for (int receiver = 0; receiver < setup.answerMillis().size(); receiver++) {
            ArrivalTimes times = setup.arrivals().times(new SplittableRandom(setup.seed() + receiver));
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
        try (MeteredHttpServer receivers = new MeteredHttpServer("127.0.0.1", 0, threads, this::take);
                ProviderServer provider =
                        new ProviderServer(settings, "slow", clock, (url, due, sent, done, exchange) -> {
                            answered.incrementAndGet();
                            answerNanos.addAndGet(done - sent);
                            answerSquareMicros.addAndGet((done - sent) / 1000 * ((done - sent) / 1000));
                        });
                ProviderClient client = new ProviderClient(provider.address(), clock, new Recorder(1), 1, 0)) {
            for (int receiver = 0; receiver < setup.answerMillis().size(); receiver++) {
                client.subscribe(
                        receivers.address().resolve("/" + receiver).toString(),
                        setup.webhooks().scheme(),
                        stream(receiver));
            }
            pump(provider);
            new PreciseWaiter(clock).parkUntil(startNanos + setup.durationNanos());
            provider.stopEmitting(TimeUnit.SECONDS.toNanos(1));
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
                attempts == 0 ? Double.NaN : answerSquareMicros.get() / 1e12 / attempts);
    }

    private List<Long> events() {
        Long[] events = new Long[setup.answerMillis().size()];
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
        synchronized (reached) {
            reached.get(planned.receiver()).record(now - startNanos - planned.offsetNanos());
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
