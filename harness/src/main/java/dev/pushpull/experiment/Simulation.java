package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.PooledTrials;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Trials in virtual time, on all cores; no figure depends on the number of cores. */
public final class Simulation {
    /** The figures that are compared with a live run's; NaN where there is none. */
    private static final Map<String, ToDoubleFunction<Outcome>> AGREEING = agreeing();

    private static final long LOOK_EVERY_MILLIS = 20;

    /** A deviation below this share of the mean is rounding. */
    private static final double ROUNDING = 1e-9;

    private final int parallelism;

    public Simulation() {
        this(Runtime.getRuntime().availableProcessors());
    }

    Simulation(int parallelism) {
        this.parallelism = parallelism;
    }

    /**
     * A figure over replicates.
     *
     * @param standardDeviation of one replicate, not of the mean
     * @param replicates how many have the figure
     */
    public record Replicated(double mean, double standardDeviation, int replicates) {}

    /**
     * Simulates every mode over the same events, trial by trial; the first trial uses the events of the seed itself.
     * When interrupted, returns the completed trials.
     *
     * @param listener notified of trials as if they were seconds
     */
    public List<Outcome> run(
            Scenario scenario, List<DeliveryMode> modes, int trials, Interruption interruption, RunListener listener)
            throws InterruptedException {
        ForkJoinPool pool = new ForkJoinPool(parallelism);
        try {
            List<ForkJoinTask<Outcome>> tasks = new ArrayList<>();
            for (int trial = 1; trial <= trials; trial++) {
                for (DeliveryMode mode : modes) {
                    VirtualTrial one = new VirtualTrial(scenario, mode, trial);
                    tasks.add(pool.submit(() -> one.outcome()));
                }
            }
            listener.phase("simulating " + String.join(", ", scenario.run().modes()));
            return completed(tasks, interruption, listener);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The seed for the events and all other chance of a trial: the first trial has the seed itself. */
    static long trialSeed(Scenario scenario, int number) {
        long given = scenario.run().seed();
        return number == 1 ? given : new Seeds(given).derive(Seeds.Purpose.REPLICATE, number);
    }

    /** With the run's own faults: like its events, they are what it was put to, and no chance of the replicate. */
    private static Seeds replicate(Seeds seeds, int number) {
        return new Seeds(seeds.derive(Seeds.Purpose.REPLICATE, number), seeds.seed());
    }

    private static List<Outcome> completed(
            List<ForkJoinTask<Outcome>> tasks, Interruption interruption, RunListener listener)
            throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (ForkJoinTask<Outcome> task : tasks) {
            while (!interruption.requested()) {
                try {
                    outcomes.add(task.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
                    break;
                } catch (TimeoutException e) {
                    listener.progress(new RunListener.Progress(
                            TimeUnit.SECONDS.toNanos(outcomes.size()),
                            TimeUnit.SECONDS.toNanos(tasks.size()),
                            sum(outcomes, Outcome.Counts::events),
                            sum(outcomes, Outcome.Counts::requests),
                            sum(outcomes, Outcome.Counts::delivered)));
                } catch (ExecutionException e) {
                    throw unwrapped(e);
                }
            }
        }
        return outcomes;
    }

    private static long sum(List<Outcome> outcomes, ToLongFunction<Outcome.Counts> count) {
        return outcomes.stream()
                .mapToLong(outcome -> count.applyAsLong(outcome.counts()))
                .sum();
    }

    /** A ForkJoinTask wraps an exception once for every thread it passes. */
    public static RuntimeException unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    /**
     * A run's own events and faults once more, so often with fresh phases and other chance: what the figures of the run might as
     * well have been. Legs that were learned are drawn anew each time, too, from what was learned.
     *
     * @param knownEventTimes of each trial: nanoseconds from the start by stream, in order
     * @return by column of {@link Metrics}, without figures that fewer than two replicates had
     */
    public Map<String, Replicated> replicates(
            DeliveryMode mode, Scenario scenario, List<long[][]> knownEventTimes, int count) {
        return replicates(mode, scenario, knownEventTimes, count, scenario.network()::resampled);
    }

    /** @param legs those of one replicate */
    Map<String, Replicated> replicates(
            DeliveryMode mode,
            Scenario scenario,
            List<long[][]> knownEventTimes,
            int count,
            Function<RandomGenerator, Scenario.Network> legs) {
        ForkJoinPool pool = new ForkJoinPool(parallelism);
        try {
            List<Map<String, Double>> rows = pool.submit(() -> IntStream.range(0, count)
                            .parallel()
                            .mapToObj(number -> figures(again(mode, scenario, knownEventTimes, number, legs)))
                            .toList())
                    .join();
            Map<String, Replicated> figures = new LinkedHashMap<>();
            for (String column : AGREEING.keySet()) {
                double[] values = rows.stream()
                        .mapToDouble(row -> row.get(column))
                        .filter(Double::isFinite)
                        .toArray();
                if (values.length > 1) {
                    figures.put(column, replicated(values));
                }
            }
            return figures;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Outcome again(
            DeliveryMode mode,
            Scenario scenario,
            List<long[][]> knownEventTimes,
            int number,
            Function<RandomGenerator, Scenario.Network> legs) {
        RandomGenerator chance =
                replicate(new Seeds(trialSeed(scenario, 1)), number).generator(Seeds.Purpose.LEARNED_LEGS, 0);
        Scenario learned = scenario.withNetwork(legs.apply(chance));
        List<Outcome> trials = new ArrayList<>();
        for (int trial = 1; trial <= knownEventTimes.size(); trial++) {
            Seeds seeds = replicate(new Seeds(trialSeed(scenario, trial)), number);
            ArrivalStreams events = ArrivalStreams.known(knownEventTimes.get(trial - 1));
            trials.add(mode.virtual().simulateWithoutIntervals(learned, events, seeds));
        }
        return PooledTrials.of(trials).get(0);
    }

    private static Replicated replicated(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (values.length - 1));
        return new Replicated(mean, deviation <= ROUNDING * Math.abs(mean) ? 0 : deviation, values.length);
    }

    private static Map<String, Double> figures(Outcome outcome) {
        Map<String, Double> figures = new LinkedHashMap<>();
        AGREEING.forEach((column, figure) -> figures.put(column, figure.applyAsDouble(outcome)));
        return figures;
    }

    private static Map<String, ToDoubleFunction<Outcome>> agreeing() {
        Map<String, ToDoubleFunction<Outcome>> figures = new LinkedHashMap<>();
        figures.put(
                "wasted_ratio",
                o -> (double) o.counts().emptyPolls() / o.counts().polls());
        figures.put("latency_mean_ms", o -> o.latency().meanMillis().orElse(Double.NaN));
        figures.put("latency_p50_ms", o -> o.latency().quantileMillis(0.5).orElse(Double.NaN));
        figures.put("latency_p90_ms", o -> o.latency().quantileMillis(0.9).orElse(Double.NaN));
        figures.put("latency_p99_ms", o -> o.latency().quantileMillis(0.99).orElse(Double.NaN));
        figures.put(
                "requests_per_delivery",
                o -> (double) o.counts().requests() / o.counts().delivered());
        return figures;
    }
}
