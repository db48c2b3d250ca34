package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;

/** What both sides of held connections count. */
public final class StreamCounters {
    /** The account of events. */
    public static final String EVENTS = "events in streams";

    /** The account of heartbeats. */
    public static final String HEARTBEATS = "heartbeats in streams";

    /** The account of what consumers answer to an event. */
    public static final String ACKNOWLEDGEMENTS = "acknowledgements in streams";

    /** The account of what consumers answer to a heartbeat. */
    public static final String ANSWERED_HEARTBEATS = "answers to heartbeats in streams";

    /** A connection that breaks can lose what was written to it until that was noticed. */
    private static final int MOST_UNDER_WAY = 1000;

    /** One that dies in silence loses all that is written to it, until its consumer gives it up. */
    private static final int MOST_IN_SILENCE = 1_000_000;

    private StreamCounters() {}

    /** One side's count of what a provider writes. */
    static Counter written(String account, Side side, String item, long value, Scenario scenario) {
        int most = scenario.wire().behind().silent() ? MOST_IN_SILENCE : MOST_UNDER_WAY;
        return new Counter(account, side, item, value, Begins.CONSUMER, most, account.equals(EVENTS));
    }

    /**
     * One side's count.
     *
     * @param byConnection as in {@link Counter}
     */
    public static Counter of(String account, Side side, String item, long value, boolean byConnection) {
        return new Counter(account, side, item, value, Begins.CONSUMER, MOST_UNDER_WAY, byConnection);
    }
}
