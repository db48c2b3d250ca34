package dev.pushpull.hosts;

import dev.pushpull.hosts.ClockCorridor.Bounds;
import dev.pushpull.hosts.ClockCorridor.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What was found out about another clock, and what was made of it at the time. Times are turned by the best guess there
 * was; how far off that was is known only when all samples are there. Thread-safe.
 */
final class ClockHistory {
    /** The guess is that of the samples of the last seconds. */
    private static final long GUESS_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A clock is taken to run steadily for so long; stretches overlap by half. */
    private static final long STRETCH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<Sample> samples = new ArrayList<>();
    private final List<Guess> guesses = new ArrayList<>();
    private volatile long offsetNanos;

    /** From then on times were turned by this. */
    private record Guess(long fromNanos, long offsetNanos) {}

    synchronized void add(Sample sample) {
        samples.add(sample);
        long guess = guess(sample.backNanos() - GUESS_NANOS);
        if (guesses.isEmpty() || guess != offsetNanos) {
            guesses.add(new Guess(sample.backNanos(), guess));
            offsetNanos = guess;
        }
    }

    private long guess(long sinceNanos) {
        long least = Long.MIN_VALUE;
        long most = Long.MAX_VALUE;
        Sample quickest = samples.get(samples.size() - 1);
        for (int i = samples.size() - 1; i >= 0 && samples.get(i).sentNanos() >= sinceNanos; i--) {
            Sample sample = samples.get(i);
            least = Math.max(least, sample.leastNanos());
            most = Math.min(most, sample.mostNanos());
            quickest = sample.wayNanos() < quickest.wayNanos() ? sample : quickest;
        }
        return least == Long.MIN_VALUE || least > most // it drifts quickly
                ? quickest.leastNanos() + (quickest.mostNanos() - quickest.leastNanos()) / 2
                : least + (most - least) / 2;
    }

    synchronized int count() {
        return samples.size();
    }

    /** Add this to a time of this clock to get the other's, as far as it is known now. */
    long offsetNanos() {
        return offsetNanos;
    }

    /** How the clocks compared meanwhile, and how far off the guesses were at most. */
    synchronized ClockComparison between(long fromNanos, long toNanos) {
        double offNanos = 0;
        double leastRate = Double.POSITIVE_INFINITY;
        double mostRate = Double.NEGATIVE_INFINITY;
        double leastOffset = Double.POSITIVE_INFINITY;
        double mostOffset = Double.NEGATIVE_INFINITY;
        List<ClockCorridor> corridors = new ArrayList<>();
        List<Long> centres = new ArrayList<>();
        long first = samples.isEmpty() ? fromNanos : samples.get(0).sentNanos();
        for (long start = Math.max(first, fromNanos - STRETCH_NANOS); start < toNanos; start += STRETCH_NANOS / 2) {
            List<Sample> some = within(start, start + STRETCH_NANOS);
            if (some.size() > 1) {
                ClockCorridor corridor = new ClockCorridor(some);
                Optional<Bounds> rate = corridor.rate();
                if (rate.isEmpty()) {
                    return ClockComparison.none(true, some.size());
                }
                leastRate = Math.min(leastRate, rate.get().leastNanos());
                mostRate = Math.max(mostRate, rate.get().mostNanos());
                corridors.add(corridor);
                centres.add(start + STRETCH_NANOS / 2);
            }
        }
        if (corridors.isEmpty()) {
            return ClockComparison.none(false, samples.size());
        }
        for (int i = 0; i < guesses.size(); i++) {
            long since = Math.max(fromNanos, guesses.get(i).fromNanos());
            long until = i + 1 < guesses.size()
                    ? Math.min(toNanos, guesses.get(i + 1).fromNanos())
                    : toNanos;
            if (since > until) {
                continue;
            }
            for (long at : new long[] {since, until}) {
                Bounds bounds = corridors.get(nearest(centres, at)).at(at).orElseThrow();
                double guess = guesses.get(i).offsetNanos();
                offNanos = Math.max(offNanos, Math.max(bounds.mostNanos() - guess, guess - bounds.leastNanos()));
                leastOffset = Math.min(leastOffset, bounds.leastNanos());
                mostOffset = Math.max(mostOffset, bounds.mostNanos());
            }
        }
        long way = samples.stream().mapToLong(Sample::wayNanos).min().orElse(0);
        return new ClockComparison(
                true,
                false,
                samples.size(),
                Math.round(leastOffset),
                Math.round(mostOffset),
                (long) Math.ceil(offNanos),
                leastRate * 1e6,
                mostRate * 1e6,
                way);
    }

    private List<Sample> within(long fromNanos, long toNanos) {
        return samples.stream()
                .filter(sample -> sample.sentNanos() >= fromNanos && sample.backNanos() < toNanos)
                .toList();
    }

    private static int nearest(List<Long> centres, long at) {
        int nearest = 0;
        for (int i = 1; i < centres.size(); i++) {
            if (Math.abs(centres.get(i) - at) < Math.abs(centres.get(nearest) - at)) {
                nearest = i;
            }
        }
        return nearest;
    }
}
