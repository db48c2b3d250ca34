package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.TraceArrivals;
import java.util.Optional;

/**
 * A mode's figures in virtual time. Consumers with events of their own are alike, so a part of them stands for all; the
 * time is so long that enough events occur, and holds whole periods of outages.
 */
final class VirtualRuns {
    /** A run with more polls is not made. */
    private static final double MOST_POLLS = 4e6;

    /** One with more is made shorter, or with fewer consumers, if it can be. */
    private static final double MANY_POLLS = 3e5;

    private static final int MOST_CONSUMERS = 2_000;

    /** So many of a mode's longest waits a run has, unless that takes too many events. */
    private static final double WAITS = 30;

    /** A run has at most so many times the events that are needed, unless it takes more to hold a whole outage. */
    private static final double MANY = 10;

    /** So many up and down times it has at least. */
    private static final double OUTAGES = 30;

    /** So many consumers are simulated at least, since each has a phase of its own, however few there are. */
    private static final int PHASES = 40;

    private static final double MOST_SECONDS = 100 * 365.25 * 86_400;

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
        if (!(polls(mode, run) < MOST_POLLS)) {
            return Optional.empty();
        }
        SimulatedRun simulated = question.memo().run(mode.name(), run, () -> simulated(mode, run));
        return Optional.of(figures(mode, scenario, run, simulated));
    }

    /** The outcome of another seed, with intervals. */
    Optional<Outcome> outcome(DeliveryMode mode, Scenario scenario) {
        Scenario run = run(mode, scenario);
        return polls(mode, run) < MOST_POLLS
                ? Optional.of(outcome(mode, run, run.run().seed() + 1))
                : Optional.empty();
    }

    /** The figures of such an outcome. */
    Figures figures(DeliveryMode mode, Scenario scenario, Outcome outcome) {
        return figures(mode, scenario, run(mode, scenario), SimulatedRun.of(outcome));
    }

    /** At most, of a mode that polls by the clock. */
    private static double polls(DeliveryMode mode, Scenario run) {
        boolean byTheClock = mode.choices().stream().anyMatch(Choice::pollInterval);
        double interval = mode.live().waits(run).leastIntervalNanos();
        return byTheClock
                ? (double) run.run().durationNanos() / interval * run.events().consumers()
                : 0;
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
        double least = Math.min(WAITS * longest, MANY * events / rate);
        least = Math.max(least, OUTAGES * (faults.meanUpNanos() + faults.meanDownNanos()) / 1e9);
        double period = question.outage().map(Question.Periodic::periodNanos).orElse(1L) / 1e9;
        least = Math.max(least, question.outage().isPresent() ? period : 0);
        double enough = Math.ceil(events / (rate * least));
        int part = (int) Math.max(
                PHASES * rate * least < MANY * events ? PHASES : 1,
                Math.min(Math.min(consumers, MOST_CONSUMERS), enough));
        double seconds = Math.min(MOST_SECONDS, Math.max(least, events / (rate * part)));
        double polls = polls(mode, over(scenario, part, seconds));
        if (polls > MANY_POLLS) {
            double shorter = Math.max(least, seconds * MANY_POLLS / polls);
            part = (int) Math.max(1, part * Math.min(1, MANY_POLLS / polls * seconds / shorter));
            seconds = shorter;
        }
        if (question.outage().isPresent()) {
            seconds = period * Math.ceil(seconds / period);
        }
        return over(scenario, part, seconds);
    }

    private Scenario over(Scenario scenario, int consumers, double seconds) {
        return question.over(
                scenario.withEvents(scenario.events().withConsumers(consumers)), Math.round(1e9 * seconds));
    }

    private static SimulatedRun simulated(DeliveryMode mode, Scenario run) {
        Seeds seeds = new Seeds(run.run().seed());
        return SimulatedRun.of(mode.virtual().simulateWithoutIntervals(run, drawn(run, seeds), seeds));
    }

    /** With intervals. */
    static Outcome outcome(DeliveryMode mode, Scenario run, long seed) {
        Seeds seeds = new Seeds(seed);
        return mode.virtual().simulate(run, drawn(run, seeds), seeds).declared(mode.traits());
    }

    private static ArrivalStreams drawn(Scenario run, Seeds seeds) {
        return ArrivalStreams.drawn(run.events().arrivals(), run.events().streamCount(), seeds);
    }

    /** The figures of a run, for as many consumers as were asked for. */
    private Figures figures(DeliveryMode mode, Scenario scenario, Scenario run, SimulatedRun simulatedRun) {
        Figures.Sheet sheet = new Figures.Sheet();
        Outcome.Counts counts = simulatedRun.counts();
        simulatedRun.latencies().forEach(sheet::put);
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
}
