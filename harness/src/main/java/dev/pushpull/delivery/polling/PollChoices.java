package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.Choice;
import java.util.List;

/** The intervals worth considering for polls. */
final class PollChoices {
    /** Oftener than this, one polls no more, but keeps a connection busy. */
    static final long LEAST_NANOS = 10_000_000L;

    static final long MOST_NANOS = 86_400_000_000_000L;

    static final List<Choice> FIXED = List.of(Choice.interval(LEAST_NANOS, MOST_NANOS));

    private PollChoices() {}
}
