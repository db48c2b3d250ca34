package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualFaults;
import java.util.random.RandomGenerator;

/**
 * A consumer's newest connection in virtual time: when it was requested, when it ends, and when the next one follows. All
 * times are the provider's: a consumer learns of an end a leg later.
 */
final class VirtualStream {
    /** A time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private final DownTimes down;
    private final Lives lives;
    private final VirtualMiddlebox between;
    private final long silenceNanos;
    private final long legNanos;
    private final long returnsWithinNanos;
    private final long gapNanos;
    private final boolean overlaps;
    private final long overlapNanos;
    private final long jitterNanos;
    private final RandomGenerator jitter;

    /** When it was requested, when it was or will be there, and when its life ends. */
    private long requestedNanos;

    private long readyNanos;
    private long lifeEndsNanos;

    /** When it last carried more than a heartbeat. */
    private long lastNanos;

    /** @param jitterNanos the consumer waits up to so much longer than it was told, at random */
    VirtualStream(Scenario scenario, Seeds seeds, int number, long jitterNanos, Lives lives) {
        this.down = VirtualFaults.downTimes(scenario, seeds, number);
        this.lives = lives;
        this.between = new VirtualMiddlebox(scenario, seeds, number);
        this.silenceNanos = StreamOptions.endingSilenceNanos(scenario);
        this.legNanos = StreamOptions.legNanos(scenario);
        this.returnsWithinNanos = StreamOptions.returnsWithinNanos(scenario);
        this.gapNanos = StreamOptions.gapNanos(scenario);
        this.overlaps = StreamOptions.overlaps(scenario);
        this.overlapNanos = StreamOptions.overlapNanos(scenario);
        this.jitterNanos = jitterNanos;
        this.jitter = seeds.generator(Seeds.Purpose.RECONNECT_JITTER, number);
    }

    /** When the consumer requests its first one: before the run, unless it is down then. */
    long firstNanos() {
        return down.isDown(0) ? atHome(down.endNanos(0)) : -returnsWithinNanos;
    }

    /**
     * The next one is requested.
     *
     * @param first whether there was none before it
     */
    void begin(long nanos, boolean first) {
        requestedNanos = nanos;
        readyNanos = nanos + returnsWithinNanos;
        long life = lives.nextNanos();
        lifeEndsNanos = life == Lives.FOR_EVER ? Lives.FOR_EVER : readyNanos + life;
        lastNanos = readyNanos;
        between.next(nanos, first && nanos <= 0);
        down.forget(nanos);
    }

    /** There will be no other: the consumer does not notice that the last one has ended. */
    void noMore() {
        requestedNanos = NEVER;
        readyNanos = NEVER;
    }

    long requestedNanos() {
        return requestedNanos;
    }

    /** When it was or will be there. */
    long readyNanos() {
        return readyNanos;
    }

    /** When it last carried more than a heartbeat, or began. */
    long lastNanos() {
        return lastNanos;
    }

    /** It carries an event. */
    void carries(long eventNanos) {
        lastNanos = eventNanos;
    }

    /** When it ends if no further event passes. */
    long endNanos() {
        return Math.min(toldEndNanos(), otherEndNanos());
    }

    /** When it ends if its consumer is never silent enough to give it up. */
    long otherEndNanos() {
        long between = this.between.endNanos(readyNanos, lastNanos);
        return Math.min(Math.min(lifeEndsNanos, between), down.startNanos(Math.max(0, requestedNanos)));
    }

    /** When one side ends it. */
    private long toldEndNanos() {
        return Math.min(lifeEndsNanos, longestAfterNanos(lastNanos));
    }

    /** When a connection ends that is silent after an event. */
    long longestAfterNanos(long eventNanos) {
        return silenceNanos == NEVER ? NEVER : eventNanos + silenceNanos;
    }

    /** When its consumer learns that a connection has ended: at once, unless it is told nothing. */
    long noticedNanos(long endNanos) {
        boolean told = !between.isSilent() || endNanos >= toldEndNanos() || down.isDown(endNanos);
        return told
                ? endNanos
                : Math.min(between.noticedNanos(endNanos, readyNanos, lastNanos), down.startNanos(endNanos));
    }

    /** When the next one is there that the consumer opens before the announced end of this one; else {@link #NEVER}. */
    long besideNanos() {
        return overlaps ? besideNanos(noticedNanos(endNanos())) : NEVER;
    }

    /** The same for a consumer that opens none while it is down, or once it has noticed another end. */
    private long besideNanos(long noticedNanos) {
        long nextNanos = Math.max(readyNanos, lifeEndsNanos - overlapNanos);
        boolean noticed = nextNanos - returnsWithinNanos - legNanos >= noticedNanos;
        return noticed || down.startNanos(Math.max(0, requestedNanos)) <= nextNanos ? NEVER : nextNanos;
    }

    /** When one is requested that will be there at this time. */
    long requestFor(long readyNanos) {
        return readyNanos - returnsWithinNanos;
    }

    /** When the next one is requested after an end. */
    long requestAfter(long endNanos, long noticedNanos) {
        boolean cutOff = down.startNanos(endNanos) <= noticedNanos;
        return atHome(cutOff ? down.endNanos(endNanos) : returnsNanos(noticedNanos));
    }

    private long returnsNanos(long endNanos) {
        long longer = jitterNanos == 0 ? 0 : (long) (jitter.nextDouble() * jitterNanos);
        return endNanos + gapNanos - returnsWithinNanos + longer;
    }

    private long atHome(long nanos) {
        return VirtualFaults.upFor(returnsWithinNanos, nanos, down);
    }

    /**
     * Connections that see neither an event nor an outage.
     *
     * @param lifeNanos of each
     * @param heldNanos for how long its consumer takes it to be there
     * @param cycleNanos from the beginning of one to that of the next
     * @param overlaps whether the next one is there before its end
     * @param count how many of them fit, each with the gap behind it
     */
    record Empty(long lifeNanos, long heldNanos, long cycleNanos, boolean overlaps, long count) {
        private static final Empty NONE = new Empty(0, 0, 0, false, 0);
    }

    /** This one and those after it up to a time, if they are without events, and alike. */
    Empty empty(long untilNanos) {
        long toldNanos = Math.min(lives.constantNanos(), silenceNanos);
        boolean differ = jitterNanos > 0 || !between.alike() || overlaps && silenceNanos < NEVER;
        if (toldNanos == 0 || differ) {
            return Empty.NONE;
        }
        long endNanos = between.endNanos(readyNanos, readyNanos);
        long lifeNanos = Math.min(toldNanos, endNanos == NEVER ? NEVER : endNanos - readyNanos);
        if (lifeNanos == NEVER) {
            return Empty.NONE;
        }
        long noticedNanos = between.isSilent() && lifeNanos < toldNanos
                ? between.noticedNanos(endNanos, readyNanos, readyNanos)
                : readyNanos + lifeNanos;
        if (noticedNanos == NEVER) {
            return Empty.NONE;
        }
        long besideNanos = overlaps ? besideNanos(noticedNanos) : NEVER;
        long cycleNanos = (besideNanos < NEVER ? besideNanos : noticedNanos + gapNanos) - readyNanos;
        long heldNanos = noticedNanos - readyNanos;
        long lastEndsNanos = Math.min(untilNanos, down.startNanos(requestedNanos));
        long fit = (lastEndsNanos - Math.max(0, heldNanos - cycleNanos) - readyNanos) / cycleNanos;
        return new Empty(lifeNanos, heldNanos, cycleNanos, besideNanos < NEVER, fit);
    }

    /** Those without events are passed over. */
    void pass(long nanos) {
        requestedNanos += nanos;
        readyNanos += nanos;
        lifeEndsNanos += lifeEndsNanos == Lives.FOR_EVER ? 0 : nanos;
        between.pass(nanos);
        lastNanos = readyNanos;
    }
}
