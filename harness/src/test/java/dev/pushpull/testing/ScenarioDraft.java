package dev.pushpull.testing;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.ScenarioBuilder;
import dev.pushpull.scenario.ScenarioWebhooksBuilder;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A scenario for tests: one consumer, thirty days, no faults unless said otherwise. */
public record ScenarioDraft(Scenario scenario) {
    private static final long SECOND = 1_000_000_000L;

    public static ScenarioDraft of(ArrivalProcess arrivals, double intervalSeconds) {
        return new ScenarioDraft(new Scenario(
                new Scenario.Events(arrivals, Scenario.Streams.PER_CONSUMER, 1, 1024, "payment.succeeded", 10_000),
                new Scenario.Polling(nanos(intervalSeconds), 100, Phase.RANDOM),
                ScenarioWebhooksBuilder.builder()
                        .scheme("standard-webhooks")
                        .retries(RetrySchedule.STANDARD_WEBHOOKS)
                        .maxInFlight(64)
                        .maxInFlightPerEndpoint(8)
                        .connectTimeoutNanos(5 * SECOND)
                        .responseTimeoutNanos(15 * SECOND)
                        .processingQueue(10_000)
                        .inbox(StoreAddress.MEMORY)
                        .outbox(StoreAddress.MEMORY)
                        .disabling(DisablingRule.NONE)
                        .headers(Map.of())
                        .sender(WebhookSender.OWN)
                        .endpoints(Endpoints.ALIKE)
                        .build(),
                Scenario.Network.NONE,
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of("polling", "webhook"), 30 * 86_400 * SECOND, 5 * SECOND, 1, false),
                Map.of()));
    }

    /** Poisson events, polled every second. */
    public static ScenarioDraft poisson(double ratePerSecond, double durationSeconds) {
        return of(new PoissonArrivals(ratePerSecond), 1).duration(durationSeconds);
    }

    /** Response leg v and webhook leg d, in seconds. */
    public ScenarioDraft legs(double v, double d) {
        return with(draft -> draft.network(new Scenario.Network(nanos(v), nanos(d))));
    }

    /** Times in seconds. */
    public ScenarioDraft wire(boolean tls, double rtt, double kept) {
        return with(draft -> draft.wire(new Scenario.Wire(tls, nanos(rtt), nanos(kept))));
    }

    /** What stands between, besides. */
    public ScenarioDraft behind(Middlebox box) {
        return with(draft -> draft.wire(scenario.wire().behind(box)));
    }

    public ScenarioDraft consumers(int consumers) {
        return with(draft -> draft.events(scenario.events().withConsumers(consumers)));
    }

    public ScenarioDraft retention(int retention) {
        return with(draft -> draft.events(scenario.events().withRetention(retention)));
    }

    public ScenarioDraft shared() {
        return with(draft -> draft.events(scenario.events().withStreams(Scenario.Streams.SHARED)));
    }

    public ScenarioDraft pageLimit(int pageLimit) {
        return with(draft -> draft.polling(scenario.polling().withPageLimit(pageLimit)));
    }

    public ScenarioDraft interval(double seconds) {
        return with(draft -> draft.polling(scenario.polling().withIntervalNanos(nanos(seconds))));
    }

    public ScenarioDraft aligned() {
        return with(draft -> draft.polling(scenario.polling().withPhase(Phase.ALIGNED)));
    }

    /** Seconds before each attempt. */
    public ScenarioDraft retries(double jitter, double... waits) {
        RetrySchedule schedule = new RetrySchedule(
                Arrays.stream(waits).mapToObj(ScenarioDraft::nanos).toList(), jitter);
        return with(draft -> draft.webhooks(scenario.webhooks().withRetries(schedule)));
    }

    /** Limits in flight, counted in virtual time as well. */
    public ScenarioDraft inFlight(int inAll, int anEndpoint) {
        Endpoints before = scenario.webhooks().endpoints();
        return with(draft -> draft.webhooks(scenario.webhooks()
                .withMaxInFlight(inAll)
                .withMaxInFlightPerEndpoint(anEndpoint)
                .withEndpoints(new Endpoints(before.slow(), before.dead(), 1, true))));
    }

    /** A share of endpoints that answer after so many seconds. */
    public ScenarioDraft slow(double share, double seconds) {
        Endpoints before = scenario.webhooks().endpoints();
        List<Endpoints.Slow> slow = List.of(new Endpoints.Slow(share, nanos(seconds)));
        return with(draft -> draft.webhooks(
                scenario.webhooks().withEndpoints(new Endpoints(slow, before.dead(), 1, before.limited()))));
    }

    /** A share of endpoints that refuse connections from then on. */
    public ScenarioDraft dead(double share, double fromSeconds) {
        Endpoints before = scenario.webhooks().endpoints();
        List<Endpoints.Dead> dead = List.of(new Endpoints.Dead(share, nanos(fromSeconds)));
        return with(draft -> draft.webhooks(
                scenario.webhooks().withEndpoints(new Endpoints(before.slow(), dead, 1, before.limited()))));
    }

    public ScenarioDraft disabling(DisablingRule rule) {
        return with(draft -> draft.webhooks(scenario.webhooks().withDisabling(rule)));
    }

    /** So many polls of a consumer within so many seconds. */
    public ScenarioDraft quota(long requests, double seconds) {
        return with(draft -> draft.polling(scenario.polling().withQuota(new RequestQuota(requests, nanos(seconds)))));
    }

    public ScenarioDraft network(Scenario.Network network) {
        return with(draft -> draft.network(network));
    }

    public ScenarioDraft failureRate(double failureRate) {
        return faults(Scenario.Faults.NONE.withFailureRate(failureRate));
    }

    public ScenarioDraft randomOutages(double meanUp, double meanDown) {
        return faults(Scenario.Faults.NONE.withMeanUpNanos(nanos(meanUp)).withMeanDownNanos(nanos(meanDown)));
    }

    public ScenarioDraft outage(double start, double length) {
        return faults(Scenario.Faults.NONE.withOutages(List.of(new Outage(nanos(start), nanos(length)))));
    }

    public ScenarioDraft faults(Scenario.Faults faults) {
        return with(draft -> draft.faults(faults));
    }

    public ScenarioDraft duration(double seconds) {
        return with(draft -> draft.run(scenario.run().withDurationNanos(nanos(seconds))));
    }

    /** How long to wait after the end, beyond one interval. */
    public ScenarioDraft drain(double seconds) {
        return with(draft -> draft.run(scenario.run().withDrainNanos(nanos(seconds))));
    }

    public ScenarioDraft option(String flag, String value) {
        Map<String, String> options = new LinkedHashMap<>(scenario.modeOptions());
        options.put(flag, value);
        return with(draft -> draft.modeOptions(options));
    }

    private ScenarioDraft with(Consumer<ScenarioBuilder> change) {
        return new ScenarioDraft(scenario.with(change));
    }

    public static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
