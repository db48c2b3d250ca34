package dev.pushpull.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.host.NanoClock;
import java.io.IOException;
import java.util.List;

/** Counts the items of an answer that goes on, each at the moment when it is read. Used by one thread. */
final class FeedItems implements FeedReader.Taker {
    private final ItemReader reader;
    private final PollBooks books;
    private final PollLines lines;
    private final ToldChanges changes;
    private final PageTurns turns;

    FeedItems(ItemReader reader, PollBooks books, PollLines lines, ToldChanges changes, PageTurns turns) {
        this.reader = reader;
        this.books = books;
        this.lines = lines;
        this.changes = changes;
        this.turns = turns;
    }

    @Override
    public void opened(FeedFormat format, long nanos) {
        books.streamOpened(nanos);
        changes.tell("feed", format.name(), "the answer is " + format.says());
    }

    @Override
    public void item(JsonNode item, String ownId) throws IOException {
        long nanos = NanoClock.SYSTEM.nanoTime();
        ItemReader.Item read = reader.read(item, ownId);
        turns.continueAfter(item);
        if (read.counts()) {
            boolean isNew = books.knowsBacklog();
            lines.streamed(books.took(List.of(read), nanos), isNew);
        }
    }

    @Override
    public void rubbish(String why) {
        changes.tell("rubbish", why, why + ", and is left out");
    }
}
