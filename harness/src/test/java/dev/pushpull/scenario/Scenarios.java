package dev.pushpull.scenario;

import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.RetrySchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scenarios for tests: one consumer, thirty days, nothing goes wrong unless said. */
public record Scenarios(Scenario scenario) {
    private static final long SECOND = 1_000_000_000L;

    public static Scenarios of(ArrivalProcess arrivals, double intervalSeconds) {
        return new Scenarios(new Scenario(
                new Scenario.Events(arrivals, Scenario.Streams.PER_CONSUMER, 1, 1024, "payment.succeeded", 10_000),
                new Scenario.Polling(nanos(intervalSeconds), 100, Phase.RANDOM),
                new Scenario.Webhooks(
                        "standard-webhooks", RetrySchedule.STANDARD_WEBHOOKS, 64, 8, 5 * SECOND, 15 * SECOND, 10_000),
                Scenario.Network.NONE,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of("polling", "webhook"), 30 * 86_400 * SECOND, 5 * SECOND, 1, false),
                Map.of()));
    }

    /** Response leg v and webhook leg d, in seconds. */
    public Scenarios legs(double v, double d) {
        return new Scenarios(scenario.withNetwork(new Scenario.Network(nanos(v), nanos(d))));
    }

    public Scenarios consumers(int consumers) {
        Scenario.Events e = scenario.events();
        return events(
                new Scenario.Events(e.arrivals(), e.streams(), consumers, e.payloadBytes(), e.type(), e.retention()));
    }

    public Scenarios retention(int retention) {
        Scenario.Events e = scenario.events();
        return events(
                new Scenario.Events(e.arrivals(), e.streams(), e.consumers(), e.payloadBytes(), e.type(), retention));
    }

    public Scenarios shared() {
        Scenario.Events e = scenario.events();
        return events(new Scenario.Events(
                e.arrivals(), Scenario.Streams.SHARED, e.consumers(), e.payloadBytes(), e.type(), e.retention()));
    }

    private Scenarios events(Scenario.Events events) {
        return with(events, scenario.polling(), scenario.webhooks(), scenario.faults(), scenario.run());
    }

    public Scenarios pageLimit(int pageLimit) {
        return polling(new Scenario.Polling(
                scenario.polling().intervalNanos(),
                pageLimit,
                scenario.polling().phase()));
    }

    public Scenarios aligned() {
        return polling(new Scenario.Polling(
                scenario.polling().intervalNanos(), scenario.polling().pageLimit(), Phase.ALIGNED));
    }

    private Scenarios polling(Scenario.Polling polling) {
        return with(scenario.events(), polling, scenario.webhooks(), scenario.faults(), scenario.run());
    }

    /** Seconds before each attempt. */
    public Scenarios retries(double jitter, double... waits) {
        Scenario.Webhooks w = scenario.webhooks();
        RetrySchedule schedule = new RetrySchedule(
                java.util.Arrays.stream(waits).mapToObj(Scenarios::nanos).toList(), jitter);
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

    public Scenarios failureRate(double failureRate) {
        return faults(new Scenario.Faults(List.of(), 0, 0, failureRate));
    }

    public Scenarios randomOutages(double meanUp, double meanDown) {
        return faults(new Scenario.Faults(List.of(), nanos(meanUp), nanos(meanDown), 0));
    }

    public Scenarios outage(double start, double length) {
        return faults(new Scenario.Faults(List.of(new Scenario.Outage(nanos(start), nanos(length))), 0, 0, 0));
    }

    private Scenarios faults(Scenario.Faults faults) {
        return with(scenario.events(), scenario.polling(), scenario.webhooks(), faults, scenario.run());
    }

    public Scenarios duration(double seconds) {
        Scenario.Run r = scenario.run();
        Scenario.Run run = new Scenario.Run(r.modes(), nanos(seconds), r.drainNanos(), r.seed(), r.isolate());
        return with(scenario.events(), scenario.polling(), scenario.webhooks(), scenario.faults(), run);
    }

    public Scenarios option(String flag, String value) {
        Map<String, String> options = new LinkedHashMap<>(scenario.modeOptions());
        options.put(flag, value);
        return new Scenarios(new Scenario(
                scenario.events(),
                scenario.polling(),
                scenario.webhooks(),
                scenario.network(),
                scenario.faults(),
                scenario.run(),
                options));
    }

    private Scenarios with(
            Scenario.Events events,
            Scenario.Polling polling,
            Scenario.Webhooks webhooks,
            Scenario.Faults faults,
            Scenario.Run run) {
        return new Scenarios(
                new Scenario(events, polling, webhooks, scenario.network(), faults, run, scenario.modeOptions()));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
