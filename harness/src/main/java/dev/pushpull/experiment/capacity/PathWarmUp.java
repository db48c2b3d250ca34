package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.run.WarmUp;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Warms up a path's processes at full speed until they get no faster, and returns that speed. A round takes a second; the
 * warm-up ends when the mean of three rounds is no more than 2 % above that of the three before, or after 15 seconds. Held
 * polls have no full speed: there the rate doubles until it is not kept.
 */
final class PathWarmUp {
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TOGETHER = 3;
    private static final int MOST_ROUNDS = 15;
    private static final double NO_FASTER = 1.02;

    private static final double FIRST_EVENTS_PER_SECOND = 500;
    private static final double STRIDE = 1.5;
    private static final double KEPT = 0.97;
    private static final int MOST_MISSES = 3;

    private final PathSteps processes;
    private final long roundNanos = Math.min(ROUND_NANOS, WarmUp.longestNanos());
    private final int rounds = (int) Math.max(1, Math.min(MOST_ROUNDS, 4 * WarmUp.longestNanos() / ROUND_NANOS));
    private long errors;

    PathWarmUp(PathSteps processes) {
        this.processes = processes;
    }

    /**
     * Answers a second when always busy.
     *
     * @param held whether polls are held
     */
    double saturationPerSecond(boolean held) throws IOException, InterruptedException {
        return held ? highestKept() : whenNoFaster();
    }

    /** Whether all of its requests were answered as they should. */
    boolean withoutErrors() {
        return errors == 0;
    }

    private double whenNoFaster() throws IOException, InterruptedException {
        List<Double> speeds = new ArrayList<>();
        while (speeds.size() < rounds && !isSteady(speeds)) {
            speeds.add(round(LoadStep.SATURATING).achievedPerSecond());
        }
        return lastMean(speeds, speeds.size());
    }

    static boolean isSteady(List<Double> speeds) {
        int count = speeds.size();
        return count >= 2 * TOGETHER && lastMean(speeds, count) <= NO_FASTER * lastMean(speeds, count - TOGETHER);
    }

    /** The mean of the three rounds up to this one. */
    private static double lastMean(List<Double> speeds, int upTo) {
        return speeds.subList(Math.max(0, upTo - TOGETHER), upTo).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    private double highestKept() throws IOException, InterruptedException {
        double rate = FIRST_EVENTS_PER_SECOND;
        double kept = 0;
        int misses = 0;
        for (int made = 0; made < 2 * rounds && misses < MOST_MISSES; made++) {
            double achieved = round(rate).achievedPerSecond();
            if (achieved >= KEPT * rate) {
                kept = Math.max(kept, rate);
                rate *= STRIDE;
            } else { // once may be the compiler
                misses++;
                kept = Math.max(kept, achieved);
            }
        }
        return kept;
    }

    private LoadResult round(double rate) throws IOException, InterruptedException {
        LoadResult result = processes.step(rate, 0, roundNanos).result();
        errors += result.errors();
        return result;
    }
}
