package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.TraceArrivals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mode's figures in virtual time. Consumers with events of their own are alike, so a part of them stands for all; the
 * time is so long that enough events occur, and holds whole periods of outages.
 */
final class VirtualRuns {
    private static final double MOST_POLLS = 4e6;
    private static final int MOST_CONSUMERS = 2_000;

    /** So many of a mode's longest waits a run has at least. */
    private static final double WAITS = 30;

    private static final double LEAST_WAITS = 3;

    /** A run may have so many times the events that are needed, where waits are long. */
    private static final double MANY = 10;

    /** So many up and down times it has at least. */
    private static final double OUTAGES = 30;

    /** So many consumers are simulated at least, since each has a phase of its own, however few there are. */
    private static final int PHASES = 40;

    private static final double MOST_SECONDS = 100 * 365.25 * 86_400;

    private static final Map<String, Double> QUANTILES = quantiles();

    private final Question question;
    private final double events;

    /** @param events about how many a run has */
    VirtualRuns(Question question, double events) {
        this.question = question;
        this.events = events;
    }

    /** Empty where a run would take too long, or brings too little to tell. */
    Optional<Figures> of(DeliveryMode mode, Scenario scenario) {
        Scenario run = run(mode, scenario);
        double interval = mode.live().waits(run).leastIntervalNanos();
        double polls =
                (double) run.run().durationNanos() / interval * run.events().consumers();
        boolean byTheClock = mode.choices().stream().anyMatch(Choice::pollInterval);
        if (byTheClock && !(polls < MOST_POLLS)) {
            return Optional.empty();
        }
        return Optional.of(
                figures(mode, scenario, run, outcome(mode, run, run.run().seed())));
    }

    /** One run of so long a time, with so many consumers, as this needs. */
    Scenario run(DeliveryMode mode, Scenario scenario) {
        int consumers = scenario.events().consumers();
        if (scenario.events().arrivals() instanceof TraceArrivals trace) {
            int part = (int) Math.max(1, Math.min(consumers, events / Math.max(1, trace.events())));
            return question.over(
                    scenario.withEvents(scenario.events().withConsumers(part)),
                    scenario.run().durationNanos());
        }
        Scenario.Faults faults = scenario.faults();
        double rate = scenario.events().arrivals().ratePerSecond();
        double longest = mode.live().waits(scenario).longestNanos() / 1e9;
        double waits = Math.max(LEAST_WAITS, Math.min(WAITS, MANY * events / (rate * longest)));
        double least = Math.max(waits * longest, OUTAGES * (faults.meanUpNanos() + faults.meanDownNanos()) / 1e9);
        double period = question.outage().map(Question.Periodic::periodNanos).orElse(1L) / 1e9;
        least = Math.max(least, question.outage().isPresent() ? period : 0);
        double enough = Math.ceil(events / (rate * least));
        int part = (int) Math.max(
                PHASES * rate * least < MANY * events ? PHASES : 1,
                Math.min(Math.min(consumers, MOST_CONSUMERS), enough));
        double seconds = Math.min(MOST_SECONDS, Math.max(least, events / (rate * part)));
        if (question.outage().isPresent()) {
            seconds = period * Math.ceil(seconds / period);
        }
        return question.over(scenario.withEvents(scenario.events().withConsumers(part)), Math.round(1e9 * seconds));
    }

    static Outcome outcome(DeliveryMode mode, Scenario run, long seed) {
        Seeds seeds = new Seeds(seed);
        return mode.virtual()
                .simulate(
                        run,
                        ArrivalStreams.drawn(
                                run.events().arrivals(), run.events().streamCount(), seeds),
                        seeds)
                .declared(mode.traits());
    }

    /** The figures of an outcome, for as many consumers as were asked for. */
    Figures figures(DeliveryMode mode, Scenario scenario, Scenario run, Outcome outcome) {
        Figures.Sheet sheet = new Figures.Sheet();
        Distribution latency = outcome.latency();
        Outcome.Counts counts = outcome.counts();
        latency.meanMillis().ifPresent(millis -> sheet.put("latency_mean_ms", millis));
        QUANTILES.forEach((column, p) -> latency.quantileMillis(p).ifPresent(millis -> sheet.put(column, millis)));
        double delivered = counts.delivered();
        sheet.put("lost_ratio", (double) counts.lostInAll() / counts.expected());
        if (counts.polls() > 0) {
            sheet.put("wasted_ratio", (double) counts.emptyPolls() / counts.polls());
        }
        sheet.put("requests_per_delivery", counts.requests() / delivered);
        sheet.put("bytes_per_delivery", (counts.bytesToProvider() + counts.bytesToConsumer()) / delivered);
        double seconds = run.run().durationNanos() / 1e9;
        int simulated = run.events().consumers();
        double scale = (double) scenario.events().consumers() / simulated / seconds;
        sheet.put("requests_per_second", counts.requests() * scale);
        boolean free = question.terms().freeWhenEmpty() && mode.traits().has(Trait.BARE_WHEN_EMPTY);
        double asks = counts.requests() - counts.attempts();
        double counted = (asks - (free ? counts.emptyPolls() : 0)) / simulated / seconds;
        double held = !mode.traits().has(Trait.HOLDS_CONNECTIONS)
                ? 0
                : counts.held().seconds() > 0
                        ? counts.held().seconds() * scale
                        : scenario.events().consumers();
        new Derived(question, mode, scenario)
                .write(
                        sheet,
                        new Derived.Load(
                                asks * scale,
                                counts.attempts() * scale,
                                counted,
                                held,
                                delivered == 0 ? Double.NaN : counts.held().frames() / delivered));
        return sheet.of(Figures.Kind.SIMULATED);
    }

    private static Map<String, Double> quantiles() {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("latency_p50_ms", 0.5);
        quantiles.put("latency_p90_ms", 0.9);
        quantiles.put("latency_p95_ms", 0.95);
        quantiles.put("latency_p99_ms", 0.99);
        quantiles.put("latency_p999_ms", 0.999);
        return quantiles;
    }
}
