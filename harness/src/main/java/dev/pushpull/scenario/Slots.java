package dev.pushpull.scenario;

/**
 * The sender's slots: each attempt at a webhook occupies one from its start until its answer, and waits for one while
 * the limits in flight are reached. Virtual time knows them only where the limits are modelled.
 *
 * @param attempts that got a slot
 * @param seconds for which attempts occupied slots, all together
 * @param most occupied at once
 * @param waitSeconds from when attempts were due until they started, all together
 */
public record Slots(long attempts, double seconds, long most, double waitSeconds) {
    /** Nobody counted. */
    public static final Slots NONE = new Slots(0, 0, 0, 0);

    /** One after the other. */
    public Slots plus(Slots other) {
        return new Slots(
                attempts + other.attempts,
                seconds + other.seconds,
                Math.max(most, other.most),
                waitSeconds + other.waitSeconds);
    }
}
