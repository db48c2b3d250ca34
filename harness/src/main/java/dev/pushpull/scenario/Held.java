package dev.pushpull.scenario;

/**
 * The connections that one mode held open in a trial, and what passed over them. A mode without a kind of exchange that
 * lasts has {@link #NONE}.
 *
 * @param streams exchanges that last, begun in the measured time or open when it began
 * @param reconnects those of them that followed on one that had ended
 * @param frames what passed over them piece by piece: openings, events, heartbeats and acknowledgements
 * @param seconds for how long they were open within the measured time, all together
 */
public record Held(long streams, long reconnects, long frames, double seconds) {
    /** Nothing was held open. */
    public static final Held NONE = new Held(0, 0, 0, 0);

    /** Both together. */
    public Held plus(Held other) {
        return new Held(
                streams + other.streams, reconnects + other.reconnects, frames + other.frames, seconds + other.seconds);
    }
}
