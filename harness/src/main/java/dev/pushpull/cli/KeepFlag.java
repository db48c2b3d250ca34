package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.store.Inbox;

/** {@code --keep}: how long to keep rows that nobody waits for. */
final class KeepFlag {
    static final String NAME = "--keep";
    static final String DEFAULT = "7d";
    static final String OF_EVENTS =
            "How long the outbox keeps an event that no delivery waits for, within --retention; or forever"
                    + " (default: 7d).";
    static final String OF_MESSAGES = "How long the inbox keeps a processed webhook and recognises its duplicates;"
            + " or forever (default: 7d).";

    private static final String FOREVER = "forever";

    private KeepFlag() {}

    static long nanos(String given) {
        return given.equals(FOREVER) ? Inbox.FOREVER : Quantity.durationNanos(NAME, given);
    }
}
