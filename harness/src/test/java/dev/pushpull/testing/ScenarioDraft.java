package dev.pushpull.testing;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scenario for tests: one consumer, thirty days, nothing goes wrong unless said. */
public record ScenarioDraft(Scenario scenario) {
    private static final long SECOND = 1_000_000_000L;

    public static ScenarioDraft of(ArrivalProcess arrivals, double intervalSeconds) {
        return new ScenarioDraft(new Scenario(
                new Scenario.Events(arrivals, Scenario.Streams.PER_CONSUMER, 1, 1024, "payment.succeeded", 10_000),
                new Scenario.Polling(nanos(intervalSeconds), 100, Phase.RANDOM),
                new Scenario.Webhooks(
                        "standard-webhooks", RetrySchedule.STANDARD_WEBHOOKS, 64, 8, 5 * SECOND, 15 * SECOND, 10_000),
                Scenario.Network.NONE,
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
        return new ScenarioDraft(scenario.withNetwork(new Scenario.Network(nanos(v), nanos(d))));
    }

    /** Times in seconds. */
    public ScenarioDraft wire(boolean tls, double rtt, double kept) {
        return new ScenarioDraft(scenario.withWire(new Scenario.Wire(tls, nanos(rtt), nanos(kept))));
    }

    public ScenarioDraft consumers(int consumers) {
        Scenario.Events e = scenario.events();
        return events(
                new Scenario.Events(e.arrivals(), e.streams(), consumers, e.payloadBytes(), e.type(), e.retention()));
    }

    public ScenarioDraft retention(int retention) {
        Scenario.Events e = scenario.events();
        return events(
                new Scenario.Events(e.arrivals(), e.streams(), e.consumers(), e.payloadBytes(), e.type(), retention));
    }

    public ScenarioDraft shared() {
        Scenario.Events e = scenario.events();
        return events(new Scenario.Events(
                e.arrivals(), Scenario.Streams.SHARED, e.consumers(), e.payloadBytes(), e.type(), e.retention()));
    }

    private ScenarioDraft events(Scenario.Events events) {
        return with(events, scenario.polling(), scenario.webhooks(), scenario.faults(), scenario.run());
    }

    public ScenarioDraft pageLimit(int pageLimit) {
        return polling(new Scenario.Polling(
                scenario.polling().intervalNanos(),
                pageLimit,
                scenario.polling().phase()));
    }

    public ScenarioDraft interval(double seconds) {
        return polling(new Scenario.Polling(
                nanos(seconds),
                scenario.polling().pageLimit(),
                scenario.polling().phase()));
    }

    public ScenarioDraft aligned() {
        return polling(new Scenario.Polling(
                scenario.polling().intervalNanos(), scenario.polling().pageLimit(), Phase.ALIGNED));
    }

    private ScenarioDraft polling(Scenario.Polling polling) {
        return with(scenario.events(), polling, scenario.webhooks(), scenario.faults(), scenario.run());
    }

    /** Seconds before each attempt. */
    public ScenarioDraft retries(double jitter, double... waits) {
        Scenario.Webhooks w = scenario.webhooks();
        RetrySchedule schedule = new RetrySchedule(
                java.util.Arrays.stream(waits).mapToObj(ScenarioDraft::nanos).toList(), jitter);
        Scenario.Webhooks webhooks = new Scenario.Webhooks(
                w.scheme(),
                schedule,
                w.maxInFlight(),
                w.maxInFlightPerEndpoint(),
                w.connectTimeoutNanos(),
                w.responseTimeoutNanos(),
                w.processingQueue());
        return with(scenario.events(), scenario.polling(), webhooks, scenario.faults(), scenario.run());
    }

    public ScenarioDraft failureRate(double failureRate) {
        return faults(new Scenario.Faults(List.of(), 0, 0, failureRate));
    }

    public ScenarioDraft randomOutages(double meanUp, double meanDown) {
        return faults(new Scenario.Faults(List.of(), nanos(meanUp), nanos(meanDown), 0));
    }

    public ScenarioDraft outage(double start, double length) {
        return faults(new Scenario.Faults(List.of(new Scenario.Outage(nanos(start), nanos(length))), 0, 0, 0));
    }

    public ScenarioDraft faults(Scenario.Faults faults) {
        return with(scenario.events(), scenario.polling(), scenario.webhooks(), faults, scenario.run());
    }

    public ScenarioDraft duration(double seconds) {
        Scenario.Run r = scenario.run();
        Scenario.Run run = new Scenario.Run(r.modes(), nanos(seconds), r.drainNanos(), r.seed(), r.isolate());
        return with(scenario.events(), scenario.polling(), scenario.webhooks(), scenario.faults(), run);
    }

    /** How long after the end is waited, beyond one interval. */
    public ScenarioDraft drain(double seconds) {
        Scenario.Run r = scenario.run();
        Scenario.Run run = new Scenario.Run(r.modes(), r.durationNanos(), nanos(seconds), r.seed(), r.isolate());
        return with(scenario.events(), scenario.polling(), scenario.webhooks(), scenario.faults(), run);
    }

    public ScenarioDraft option(String flag, String value) {
        Map<String, String> options = new LinkedHashMap<>(scenario.modeOptions());
        options.put(flag, value);
        return new ScenarioDraft(new Scenario(
                scenario.events(),
                scenario.polling(),
                scenario.webhooks(),
                scenario.network(),
                scenario.wire(),
                scenario.faults(),
                scenario.run(),
                options));
    }

    private ScenarioDraft with(
            Scenario.Events events,
            Scenario.Polling polling,
            Scenario.Webhooks webhooks,
            Scenario.Faults faults,
            Scenario.Run run) {
        return new ScenarioDraft(new Scenario(
                events, polling, webhooks, scenario.network(), scenario.wire(), faults, run, scenario.modeOptions()));
    }

    public static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
