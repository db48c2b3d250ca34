package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.Seeds;
import java.util.random.RandomGenerator;

/**
 * How long the provider lets one consumer's connections live, one after another. The first lasts a random part of that
 * time: consumers that have been there for long did not all come at once.
 */
public class Lives {
    /** A connection that the provider does not end. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private final long lifeNanos;
    private long nextNanos;

    /**
     * @param number of the consumer, or of the connection, counted from 0
     */
    public Lives(Scenario scenario, Seeds seeds, long number) {
        long limitNanos = StreamOptions.LIFETIME.in(scenario);
        lifeNanos = limitNanos == 0 ? FOR_EVER : limitNanos;
        boolean inPart = limitNanos > 0 && scenario.polling().phase() == Phase.RANDOM;
        RandomGenerator random = seeds.generator(Seeds.Purpose.STREAM_LIFE, number);
        nextNanos = inPart ? 1 + (long) (random.nextDouble() * limitNanos) : lifeNanos;
    }

    /** The life of the next one. */
    public long nextNanos() {
        long next = nextNanos;
        nextNanos = lifeNanos;
        return next;
    }

    /** The life of all that come after the first; 0 when they differ. */
    public long constantNanos() {
        return lifeNanos;
    }
}
