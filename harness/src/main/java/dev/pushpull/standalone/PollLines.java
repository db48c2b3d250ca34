package dev.pushpull.standalone;

import dev.pushpull.scenario.TerminalText;
import dev.pushpull.standalone.PollBooks.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lines for a person who watches a poller: one for each poll, then one for each of its new items with its lateness. Thread-safe. */
final class PollLines {
    /** If a poll brings more, they are only counted. */
    private static final int MOST_ITEMS = 100;

    private final Consumer<Supplier<String>> told;
    private final List<Arrival> arrivals = new ArrayList<>();
    private long further;

    PollLines(Consumer<Supplier<String>> told) {
        this.told = told;
    }

    /** New items of the current poll. */
    synchronized void arrived(List<Arrival> items) {
        int room = Math.min(items.size(), MOST_ITEMS - arrivals.size());
        arrivals.addAll(items.subList(0, room));
        further += items.size() - room;
    }

    /** New items of a stream: of those that were not there already, each is told at once. */
    synchronized void streamed(List<Arrival> items, boolean isNew) {
        if (isNew) {
            items.forEach(item -> told.accept(() -> item(item)));
        } else {
            arrived(items);
        }
    }

    /** The poll is over; items that existed before the first poll are only counted. */
    synchronized void ended(Ended poll) {
        told.accept(() -> "%s  poll %d: %s".formatted(seconds(poll.sinceStartNanos()), poll.number(), outcome(poll)));
        if (!poll.firstRead()) {
            List.copyOf(arrivals).forEach(item -> told.accept(() -> item(item)));
            if (further > 0) {
                long more = further;
                told.accept(() -> "%s    and %d more".formatted(seconds(poll.sinceStartNanos()), more));
            }
        }
        arrivals.clear();
        further = 0;
    }

    private static String outcome(Ended poll) {
        String items = poll.newItems() == 0
                ? "nothing new"
                : poll.firstRead() ? poll.newItems() + " there already" : poll.newItems() + " new";
        return switch (poll.ending()) {
            case READ -> items;
            case UNCHANGED -> "nothing new (not modified)";
            case LIMITED -> items + " (rate limited)";
            case FAILED -> items + " (failed)";
            case BROKEN_OFF -> items + " (broken off)";
        };
    }

    private static String item(Arrival item) {
        String late = item.lateNanos().isPresent()
                ? "  %.3f ms late".formatted(item.lateNanos().getAsLong() / 1e6)
                : "";
        String version = item.version().isEmpty() ? "" : "  " + TerminalText.value(item.version());
        return "%s    %s%s%s".formatted(seconds(item.sinceStartNanos()), TerminalText.value(item.id()), version, late);
    }

    private static String seconds(long nanos) {
        return "%10.3f s".formatted(nanos / 1e9);
    }
}
