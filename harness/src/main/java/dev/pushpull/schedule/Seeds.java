package dev.pushpull.schedule;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random generators derived from one seed by purpose and number. What one stream or consumer draws depends
 * only on the seed: not on other streams, the number of cores or the JDK.
 *
 * @param seed the value of {@code --seed}
 * @param faultSeed the seed of what goes wrong; usually the same
 */
public record Seeds(long seed, long faultSeed) {
    public Seeds(long seed) {
        this(seed, seed);
    }

    /** What the randomness is used for; append only, since the position enters the derivation. */
    public enum Purpose {
        EVENTS,
        POLL_PHASE,
        RETRY_JITTER,
        EVENT_ID,
        REPLICATE,
        OUTAGES,
        FAILED_ATTEMPTS,
        POLL_LEG,
        WEBHOOK_LEG,
        LEARNED_LEGS,
        STREAM_LIFE,
        REFUSED_EVENTS,
        RECONNECT_JITTER,
        MIDDLEBOX,
        ENDPOINTS
    }

    /** The generator for stream, consumer or similar {@code number} of one purpose. */
    public RandomGenerator generator(Purpose purpose, long number) {
        return new SplittableRandom(derive(purpose, number));
    }

    /** A 64-bit value that differs for every purpose and number. */
    public long derive(Purpose purpose, long number) {
        boolean fault = purpose == Purpose.OUTAGES || purpose == Purpose.FAILED_ATTEMPTS;
        return mix(mix(mix(fault ? faultSeed : seed) + purpose.ordinal()) + number);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014) after one step of its sequence. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
