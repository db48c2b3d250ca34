package dev.pushpull.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether latencies stayed the same while they were measured: compares the events of the last third of the time with those
 * of the first. A change counts from a factor of {@link #COUNTS}, if chance would cause it at most one time in a hundred.
 * Without such a change, a run is steady if the interval rules out a factor of {@link #RULED_OUT}; otherwise there were too
 * few events to tell. These bounds were fixed beforehand.
 *
 * @param ratio latency in the last third as a multiple of that in the first; empty if unknown
 * @param low the lower end of the 95 % interval of the ratio; empty where the events were too few for one
 * @param high likewise the upper end
 * @param slices of the measured time, one after another
 */
public record SteadinessVerdict(
        Level level, OptionalDouble ratio, OptionalDouble low, OptionalDouble high, List<Slice> slices) {
    /** The factor, up or down, from which a change counts. */
    public static final double COUNTS = 1.1;

    /** The factor that must be ruled out before a run is called steady; the 600 waits of a default polling run suffice for it. */
    public static final double RULED_OUT = 4.0 / 3;

    /** Not known: in virtual time, and in runs made before this was recorded. */
    public static final SteadinessVerdict UNKNOWN = new SteadinessVerdict(
            Level.UNKNOWN, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    /** From the least worrying to the most. */
    public enum Level {
        /** Not known. */
        UNKNOWN,
        /** No change that counts. */
        STEADY,
        /** A change that counts can be neither shown nor ruled out. */
        TOO_FEW_EVENTS,
        /** Latencies were lower in the last third, and the machine was no quicker. */
        STILL_WARMING,
        /** Latencies were higher in the last third, or lower because the machine was quicker. */
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
     * @param count deliveries of events that were due in it
     * @param medianMillis their median latency; empty without any
     */
    public record Slice(long fromNanos, long untilNanos, long count, OptionalDouble medianMillis) {
        private Slice later(long nanos) {
            return new Slice(fromNanos + nanos, untilNanos + nanos, count, medianMillis);
        }
    }

    /** The level for this ratio and interval; {@code hardly} says that chance hardly explains the change. */
    public static Level level(double ratio, double low, double high, boolean hardly) {
        if (hardly && ratio <= 1 / COUNTS) {
            return Level.STILL_WARMING;
        }
        if (hardly && ratio >= COUNTS) {
            return Level.DRIFTING;
        }
        return low >= 1 / RULED_OUT && high <= RULED_OUT ? Level.STEADY : Level.TOO_FEW_EVENTS;
    }

    /** Whether latencies changed while they were measured. */
    public boolean changed() {
        return level == Level.STILL_WARMING || level == Level.DRIFTING;
    }

    /**
     * The same beside a verdict on the machine itself, from bare round trips. Latencies that fell with them, and less than
     * {@link #COUNTS} further, fell because the machine got quicker, not because a program warmed up.
     */
    public SteadinessVerdict beside(SteadinessVerdict machine) {
        boolean withIt = level == Level.STILL_WARMING
                && machine.level == Level.STILL_WARMING
                && ratio.orElseThrow() > machine.ratio.orElseThrow() / COUNTS;
        return withIt ? new SteadinessVerdict(Level.DRIFTING, ratio, low, high, slices) : this;
    }

    /** How latencies changed, beside a verdict on the machine itself; part of a sentence. */
    public String change(SteadinessVerdict machine) {
        return "in the last third of the time they were %.2f times those of the first".formatted(ratio.orElseThrow())
                + (machine.changed()
                        ? "; for bare round trips beside them it was %.2f".formatted(machine.ratio.orElseThrow())
                        : "");
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
