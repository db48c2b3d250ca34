package dev.pushpull.surface;

import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Kind.Trait;
import dev.pushpull.scenario.ModeTraits.Begins;
import java.util.Set;

/** The kinds of exchange on the surfaces that every provider has. */
public final class Exchanges {
    /** Subscriptions and clock readings, before the measured time. */
    public static final Kind SET_UP =
            new Kind("set-up request", "set-up requests", Begins.CONSUMER, Set.of(Trait.SETS_UP));

    /** A GET for new events. */
    public static final Kind POLL = new Kind("poll", "polls", Begins.CONSUMER, Set.of(Trait.MAY_BE_EMPTY));

    /** A further page of the same poll. */
    public static final Kind PAGE = new Kind("further page", "further pages", Begins.CONSUMER);

    /** A webhook POST. */
    public static final Kind ATTEMPT = new Kind("webhook attempt", "webhook attempts", Begins.PROVIDER);

    /** The account of events in answers to polls. */
    public static final String EVENTS_IN_POLLS = "events in polls";

    /** The account of webhooks answered 2xx; the receiver sends that answer. */
    public static final String ACKNOWLEDGED = "webhooks acknowledged";

    private Exchanges() {}
}
