package dev.pushpull.scenario;

/**
 * What a trial was measured under.
 *
 * @param measuredNanos how long this trial was measured; 0 where only the run knows
 * @param noise what the machine did meanwhile, as far as it matters here
 */
public record Conditions(long measuredNanos, NoiseVerdict noise) {
    /** Nothing is known: in virtual time, and in runs of before it was recorded. */
    public static final Conditions UNKNOWN = new Conditions(0, NoiseVerdict.UNKNOWN);
}
