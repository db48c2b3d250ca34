package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Scenarios for tests, in seconds: one consumer that polls every second, and nothing that goes wrong. */
public final class Scenarios {
    private final ArrivalProcess arrivals;
    private final double horizonSeconds;
    private double intervalSeconds = 1;
    private int consumers = 1;
    private Scenario.Streams streams = Scenario.Streams.PER_CONSUMER;
    private int retention = 10_000;
    private int pageLimit = 1_000;
    private double legSeconds;
    private RetrySchedule retries = RetrySchedule.STANDARD_WEBHOOKS;
    private Scenario.Faults faults = Scenario.Faults.NONE;
    private double drainSeconds = 5;
    private Map<String, String> options = Map.of();

    private Scenarios(ArrivalProcess arrivals, double horizonSeconds) {
        this.arrivals = arrivals;
        this.horizonSeconds = horizonSeconds;
    }

    public static Scenarios of(ArrivalProcess arrivals, double horizonSeconds) {
        return new Scenarios(arrivals, horizonSeconds);
    }

    public static Scenarios poisson(double ratePerSecond, double horizonSeconds) {
        return of(new PoissonArrivals(ratePerSecond), horizonSeconds);
    }

    public Scenarios interval(double seconds) {
        intervalSeconds = seconds;
        return this;
    }

    public Scenarios consumers(int number) {
        consumers = number;
        return this;
    }

    public Scenarios shared() {
        streams = Scenario.Streams.SHARED;
        return this;
    }

    public Scenarios retention(int events) {
        retention = events;
        return this;
    }

    public Scenarios pageLimit(int events) {
        pageLimit = events;
        return this;
    }

    /** Both legs. */
    public Scenarios leg(double seconds) {
        legSeconds = seconds;
        return this;
    }

    /** Waits before each attempt, without jitter. */
    public Scenarios retries(double... seconds) {
        retries = new RetrySchedule(
                Arrays.stream(seconds).mapToObj(Scenarios::nanos).toList(), 0);
        return this;
    }

    public Scenarios outage(double startSeconds, double lengthSeconds) {
        return faults(
                new Scenario.Faults(List.of(new Scenario.Outage(nanos(startSeconds), nanos(lengthSeconds))), 0, 0, 0));
    }

    public Scenarios randomOutages(double meanUpSeconds, double meanDownSeconds) {
        return faults(new Scenario.Faults(List.of(), nanos(meanUpSeconds), nanos(meanDownSeconds), 0));
    }

    public Scenarios failing(double rate) {
        return faults(new Scenario.Faults(List.of(), 0, 0, rate));
    }

    public Scenarios faults(Scenario.Faults other) {
        faults = other;
        return this;
    }

    public Scenarios drain(double seconds) {
        drainSeconds = seconds;
        return this;
    }

    public Scenarios options(Map<String, String> given) {
        options = given;
        return this;
    }

    public Scenario scenario() {
        return new Scenario(
                new Scenario.Events(arrivals, streams, consumers, 1024, "payment.succeeded", retention),
                new Scenario.Polling(nanos(intervalSeconds), pageLimit, Phase.RANDOM),
                new Scenario.Webhooks("standard-webhooks", retries, 64, 8, nanos(5), nanos(15), 10_000),
                new Scenario.Network(nanos(legSeconds), nanos(legSeconds)),
                faults,
                new Scenario.Run(List.of(), nanos(horizonSeconds), nanos(drainSeconds), 1, false),
                options);
    }

    public static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
