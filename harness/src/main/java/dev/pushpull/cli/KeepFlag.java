package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.store.Inbox;

/** {@code --keep}: how long to keep rows that nobody waits for. */
record KeepFlag(long nanos) {
    static final String NAME = "--keep";
    static final String DEFAULT = "7d";
    static final String OF_EVENTS =
            "How long the outbox keeps an event that no delivery waits for, within --retention; or forever"
                    + " (default: ${DEFAULT-VALUE}).";
    static final String OF_MESSAGES = "How long the inbox keeps a processed webhook and recognises its duplicates;"
            + " or forever (default: ${DEFAULT-VALUE}).";

    private static final String FOREVER = "forever";

    static KeepFlag read(String what, String text) {
        return new KeepFlag(text.equals(FOREVER) ? Inbox.FOREVER : Quantity.durationNanos(what, text));
    }
}
