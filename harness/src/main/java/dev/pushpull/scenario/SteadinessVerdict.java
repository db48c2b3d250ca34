package dev.pushpull.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether latencies stayed the same while they were measured: the events of the last third of the time against those of
 * the first. A change counts from {@link #COUNTS} on, if chance explains it one time in a hundred at most. A run without
 * such a change is steady when the interval rules one of {@link #RULED_OUT} out; where it does not, there were too few
 * events to tell. These bounds were fixed beforehand.
 *
 * @param ratio by which factor an event of the last third was later than one of the first; empty where nothing is known
 * @param low the lower end of the 95 % interval of the ratio; empty where the events were too few for one
 * @param high likewise the upper end
 * @param slices of the measured time, one after another
 */
public record SteadinessVerdict(
        Level level, OptionalDouble ratio, OptionalDouble low, OptionalDouble high, List<Slice> slices) {
    /** By so many times, or one through so many, latencies have to change for the change to count. */
    public static final double COUNTS = 1.1;

    /** Likewise what must be ruled out before a run is called steady: the 600 waits of a default run for polls can do so. */
    public static final double RULED_OUT = 4.0 / 3;

    /** Nobody looked: in virtual time, and in runs of before it was recorded. */
    public static final SteadinessVerdict UNKNOWN = new SteadinessVerdict(
            Level.UNKNOWN, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    /** From the least worry to the most. */
    public enum Level {
        /** Nobody looked. */
        UNKNOWN,
        /** No change that counts. */
        STEADY,
        /** One that counts can neither be shown nor ruled out. */
        TOO_FEW_EVENTS,
        /** The last third was sooner than the first. */
        STILL_WARMING,
        /** The last third was later than the first. */
        DRIFTING;

        /** {@code still warming}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * The events of one part of the measured time.
     *
     * @param fromNanos when it begins, from the start
     * @param untilNanos when it ends
     * @param count deliveries of events that were to occur in it
     * @param medianMillis half of them were at most this late; empty without any
     */
    public record Slice(long fromNanos, long untilNanos, long count, OptionalDouble medianMillis) {
        private Slice later(long nanos) {
            return new Slice(fromNanos + nanos, untilNanos + nanos, count, medianMillis);
        }
    }

    /** What it comes to with this ratio and interval, and when chance {@code hardly} explains that they are not 1. */
    public static Level level(double ratio, double low, double high, boolean hardly) {
        if (hardly && ratio <= 1 / COUNTS) {
            return Level.STILL_WARMING;
        }
        if (hardly && ratio >= COUNTS) {
            return Level.DRIFTING;
        }
        return low >= 1 / RULED_OUT && high <= RULED_OUT ? Level.STEADY : Level.TOO_FEW_EVENTS;
    }

    /** Whether the figures are of a time in which they changed. */
    public boolean changed() {
        return level == Level.STILL_WARMING || level == Level.DRIFTING;
    }

    /** The worst of several trials, with the slices of all, one trial after another. */
    static SteadinessVerdict worst(List<SteadinessVerdict> trials) {
        SteadinessVerdict worst = UNKNOWN;
        List<Slice> slices = new ArrayList<>();
        for (SteadinessVerdict trial : trials) {
            worst = trial.level.compareTo(worst.level) > 0 ? trial : worst;
            long offset = slices.isEmpty() ? 0 : slices.get(slices.size() - 1).untilNanos();
            trial.slices.forEach(slice -> slices.add(slice.later(offset)));
        }
        return new SteadinessVerdict(worst.level, worst.ratio, worst.low, worst.high, List.copyOf(slices));
    }
}
