package dev.pushpull.experiment.capacity;

import dev.pushpull.host.Spans;
import dev.pushpull.host.Spans.Span;
import dev.pushpull.load.TimedDurations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A server that is served in order, on a machine that stalls and drifts, as a fluid queue of ticks of a millisecond: work
 * arrives at a constant rate, each tick's is normal with the variance of M/G/1 service, the server has pauses of its own,
 * the machine stalls it now and then, and the machine's speed wanders. What a search sees of it is the driver's view.
 */
final class SimulatedServer {
    static final double BOUND_MILLIS = 20;
    static final double CARRIES_PER_SECOND = 50_000;

    /** Half of the steps of two seconds hold this, undisturbed, with the pauses of {@link Scenario#QUIET}. */
    static final double TRUE_PER_SECOND = 47_812;

    static final int WARM_TICKS = 500;
    static final int STEP_TICKS = 2000;
    private static final double REFERENCE_SECONDS = 0.3;
    private static final double BEFORE_STEP_SECONDS = 0.1;
    private static final long TICK_NANOS = 1_000_000;

    /** What comes while nothing is served waits until something is. */
    private static final double LEAST_WORK_MILLIS = 1e-6;

    private final Scenario scenario;
    private final SplittableRandom random;
    private double drift;
    private double alone;
    private final double nominalError;
    private double clockSeconds;

    /**
     * What the machine is like.
     *
     * @param stallsPerSecond of 5 to 50 ms, of which 95 % are heard
     * @param driftSd of the logarithm of its speed, over a minute
     * @param ownPerSecond pauses of the server, which nobody hears
     */
    record Scenario(double stallsPerSecond, double driftSd, double ownPerSecond, double ownFrom, double ownTo) {
        static final Scenario QUIET = new Scenario(0, 0, 1, 2, 8);
        static final Scenario STALLS = new Scenario(0.5, 0.02, 1, 2, 8);
        static final Scenario STORM = new Scenario(3, 0.02, 1, 2, 8);
    }

    /** A step as its driver saw it. */
    record Seen(TimedDurations responses, Spans heard) {
        boolean held() {
            return share(responses.count(), i -> responses.nanos(i)) < 0.01;
        }

        boolean heldQuiet() {
            long[] quiet = StallDeduction.quietNanos(-WARM_TICKS * TICK_NANOS, responses, heard);
            return share(quiet.length, i -> quiet[i]) < 0.01;
        }

        private static double share(int count, java.util.function.IntToLongFunction nanos) {
            return java.util.stream.IntStream.range(0, count)
                            .filter(i -> nanos.applyAsLong(i) > BOUND_MILLIS * 1e6)
                            .count()
                    / (double) count;
        }
    }

    SimulatedServer(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.random = new SplittableRandom(seed);
        this.drift = random.nextGaussian() * scenario.driftSd();
        this.alone = random.nextGaussian() * 0.01;
        this.nominalError = random.nextGaussian() * 0.01;
    }

    private void pass(double seconds) {
        clockSeconds += seconds;
        double keep = Math.exp(-seconds / 60);
        double spread = Math.sqrt(1 - keep * keep);
        drift = keep * drift + random.nextGaussian() * scenario.driftSd() * spread;
        alone = keep * alone + random.nextGaussian() * 0.01 * spread;
    }

    long clockNanos() {
        return Math.round(clockSeconds * 1e9);
    }

    /** The machine's speed by a bare echo, against its nominal figure. */
    double reference() {
        pass(REFERENCE_SECONDS);
        return Math.exp(drift + nominalError + random.nextGaussian() * 0.02);
    }

    double saturation() {
        pass(2);
        return CARRIES_PER_SECOND * Math.exp(drift + alone + random.nextGaussian() * 0.08);
    }

    Seen step(double perSecond) {
        pass(BEFORE_STEP_SECONDS + (WARM_TICKS + STEP_TICKS) / 1e3);
        List<Span> stalls = pauses(random, scenario.stallsPerSecond(), 5, 50);
        List<Span> own = pauses(random, scenario.ownPerSecond(), scenario.ownFrom(), scenario.ownTo());
        List<Span> heard = new ArrayList<>();
        for (Span stall : stalls) {
            if (random.nextDouble() < 0.95) {
                heard.add(heard(stall, random));
            }
        }
        return seen(perSecond, Math.exp(drift + alone), stalls, own, heard, random);
    }

    /** It may have slept until half of its millisecond later. */
    static Span heard(Span stall, RandomGenerator random) {
        return new Span(stall.startNanos() + Math.round((random.nextDouble() - 0.5) * TICK_NANOS), stall.endNanos());
    }

    /** From the beginning of the warm-up, at zero. */
    static List<Span> pauses(RandomGenerator random, double perSecond, double fromMillis, double toMillis) {
        List<Span> pauses = new ArrayList<>();
        double lengthSeconds = (WARM_TICKS + STEP_TICKS) / 1e3;
        double at = -Math.log(1 - random.nextDouble()) / perSecond;
        while (perSecond > 0 && at < lengthSeconds) {
            double millis = fromMillis + random.nextDouble() * (toMillis - fromMillis);
            pauses.add(new Span(Math.round(at * 1e9), Math.round(at * 1e9 + millis * 1e6)));
            at -= Math.log(1 - random.nextDouble()) / perSecond;
        }
        return pauses;
    }

    static Seen seen(
            double perSecond,
            double speed,
            List<Span> stalls,
            List<Span> own,
            List<Span> heard,
            RandomGenerator random) {
        List<Span> all = new ArrayList<>(stalls);
        all.addAll(own);
        double[] millis = responseMillis(perSecond, speed, 30, all, WARM_TICKS + STEP_TICKS, random);
        long[] due = new long[STEP_TICKS];
        long[] nanos = new long[STEP_TICKS];
        for (int tick = 0; tick < STEP_TICKS; tick++) { // responses are not quite in order
            due[tick] = tick * TICK_NANOS;
            nanos[tick] = Math.round(millis[WARM_TICKS + tick] * 1e6 * Math.exp(random.nextGaussian() * 0.1));
        }
        long shift = WARM_TICKS * TICK_NANOS;
        Spans told = Spans.of(heard.stream()
                .map(span -> new Span(span.startNanos() - shift, span.endNanos() - shift))
                .toList());
        return new Seen(TimedDurations.of(0, due, nanos), told);
    }

    /**
     * How long what is due at each tick takes, from an empty queue: the work before it, and what stalls it.
     *
     * @param scv squared coefficient of variation of a request's work
     */
    static double[] responseMillis(
            double perSecond, double speed, double scv, List<Span> stalls, int ticks, RandomGenerator random) {
        double carries = CARRIES_PER_SECOND * speed;
        double mean = perSecond / carries;
        double sd = Math.sqrt(perSecond / 1e3 * scv) / carries * 1e3;
        int after = 6000;
        double[] served = new double[ticks + after + 1]; // milliseconds of service until each tick
        double[] free = new double[ticks + after];
        Arrays.fill(free, 1);
        for (Span stall : stalls) {
            int end = Math.min(free.length, (int) (stall.endNanos() / TICK_NANOS));
            for (int tick = (int) (stall.startNanos() / TICK_NANOS); tick < end; tick++) {
                free[tick] = 0;
            }
        }
        for (int tick = 0; tick < free.length; tick++) {
            served[tick + 1] = served[tick] + free[tick];
        }
        double[] millis = new double[ticks];
        double queue = 0;
        for (int tick = 0; tick < ticks; tick++) {
            queue = Math.max(0, queue + mean + sd * random.nextGaussian() - free[tick]);
            double until = served[tick + 1] + Math.max(queue, LEAST_WORK_MILLIS);
            int done = tick + 1;
            while (done < served.length - 1 && served[done] < until) {
                done++;
            }
            millis[tick] = done - Math.max(0, served[done] - until) - (tick + 1);
        }
        return millis;
    }
}
