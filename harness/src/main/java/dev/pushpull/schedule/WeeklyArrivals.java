package dev.pushpull.schedule;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Independent events whose rate follows the hour of the week: a Poisson process of constant rate in a time that passes
 * faster the busier the hour is (time rescaling; the events of two runs with the same seed correspond, whatever their
 * weights). Hours without events are skipped at once. With equal weights it is {@link PoissonArrivals}.
 *
 * @param ratePerSecond the mean over a whole week
 * @param weights how busy each hour is compared with the others, from Monday 00:00 on: 168 numbers, one above 0 or more
 * @param startHours where in the week the run begins, in hours after Monday 00:00, from 0 to below 168
 * @param speedup how many times as fast as usual a week passes, above 0
 */
public record WeeklyArrivals(double ratePerSecond, List<Double> weights, double startHours, double speedup)
        implements ArrivalProcess {
    public static final int HOURS = 168;

    private static final double HOUR_NANOS = 3600e9;

    public WeeklyArrivals {
        weights = List.copyOf(weights);
        double sum = weights.stream().mapToDouble(weight -> weight).sum();
        boolean bad = weights.stream().anyMatch(weight -> !(weight >= 0));
        if (weights.size() != HOURS || bad || !(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a week has " + HOURS + " weights, none below 0 and not all 0");
        }
        if (!(ratePerSecond > 0 && ratePerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a rate is above 0 events a second, not " + ratePerSecond);
        }
        if (!(startHours >= 0 && startHours < HOURS && speedup > 0 && speedup < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a run begins within the week and time passes, not at %s h, %s times as fast"
                            .formatted(startHours, speedup));
        }
    }

    @Override
    public String kind() {
        return "weekly";
    }

    /** Nanoseconds of a run in an hour of the week. */
    public double hourNanos() {
        return HOUR_NANOS / speedup;
    }

    /** The rate in each hour, events a second of the run. */
    public double[] ratesPerSecond() {
        double mean = weights.stream().mapToDouble(weight -> weight).sum() / HOURS;
        return weights.stream()
                .mapToDouble(weight -> ratePerSecond * weight / mean)
                .toArray();
    }

    @Override
    public double meanRatePerSecond(long runNanos) {
        double[] busy = busyNanos();
        double from = startHours * hourNanos();
        return ratePerSecond * (busyAt(busy, from + runNanos) - busyAt(busy, from)) / runNanos;
    }

    /** The rescaled time at the beginning of each hour, and at the end of the week. */
    private double[] busyNanos() {
        double sum = weights.stream().mapToDouble(weight -> weight).sum();
        double[] busy = new double[HOURS + 1];
        double before = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            before += weights.get(hour);
            busy[hour + 1] = HOURS * hourNanos() * (before / sum);
        }
        return busy;
    }

    private double busyAt(double[] busy, double nanos) {
        double weekNanos = busy[HOURS];
        double weeks = Math.floor(nanos / weekNanos);
        double rest = nanos - weeks * weekNanos;
        int hour = Math.min(HOURS - 1, (int) (rest / hourNanos()));
        double share = rest / hourNanos() - hour;
        return weeks * weekNanos + busy[hour] + share * (busy[hour + 1] - busy[hour]);
    }

    @Override
    public ArrivalTimes times(RandomGenerator random) {
        ExponentialGaps gaps = new ExponentialGaps(random);
        double[] busy = busyNanos();
        double meanGapNanos = 1e9 / ratePerSecond;
        double weekNanos = busy[HOURS];
        double startNanos = startHours * hourNanos();
        return new ArrivalTimes() {
            private double weeks;
            private double rest = busyAt(busy, startNanos);
            private long nanos;

            @Override
            public long nextNanos() {
                rest += gaps.nextAfter(0, meanGapNanos);
                double passed = Math.floor(rest / weekNanos);
                weeks += passed;
                rest -= passed * weekNanos;
                double next = weeks * weekNanos + at(busy, rest) - startNanos;
                nanos = next >= NONE ? NONE : Math.max(nanos, Math.round(next));
                return nanos;
            }
        };
    }

    /** When in the week a rescaled time is; within a busy hour. */
    private double at(double[] busy, double rescaledNanos) {
        int low = 0;
        int high = HOURS;
        while (high - low > 1) { // busy[low] <= rescaled < busy[high]
            int middle = (low + high) >>> 1;
            if (busy[middle] <= rescaledNanos) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double length = busy[low + 1] - busy[low];
        return hourNanos() * (low + (length == 0 ? 1 : (rescaledNanos - busy[low]) / length));
    }
}
