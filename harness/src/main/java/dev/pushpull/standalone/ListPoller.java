package dev.pushpull.standalone;

import dev.pushpull.host.Interruption;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.standalone.PollBooks.Ending;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Makes one poll after another, each through all the pages it should read. Knows where the next poll starts and how
 * long to wait for it. One thread polls; any thread may read the results.
 */
final class ListPoller {
    private static final long LONGEST_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;

    private final EndpointPolling.Setup setup;
    private final PageRequests requests;
    private final PollBooks books;
    private final PollLines lines;
    private final ToldChanges changes;
    private final Interruption stop;
    private volatile String cannotBePolled = "";
    private volatile boolean listMissed;
    private volatile boolean listFound;
    private String cursor;
    private int failuresInARow;

    /** What follows a poll: a wait at least as long as the server asked for, and as long as after a failure. */
    record Next(ToldWait toldWait, long backoffNanos) {}

    /** @param stop when true, a poll ends as soon as it can */
    ListPoller(
            EndpointPolling.Setup setup,
            PageRequests requests,
            PollBooks books,
            PollLines lines,
            ToldChanges changes,
            Interruption stop) {
        this.setup = setup;
        this.requests = requests;
        this.books = books;
        this.lines = lines;
        this.changes = changes;
        this.stop = stop;
    }

    /** Why the very first answer could not be read; empty when it could, or is still to come. */
    String cannotBePolled() {
        return cannotBePolled;
    }

    /** Whether no answer had a list in the expected place. */
    boolean foundNoList() {
        return listMissed && !listFound;
    }

    /** Makes one poll, which is always counted, whatever an answer does to the program. */
    Next poll() {
        books.begin();
        try {
            return pages();
        } catch (OutOfMemoryError e) { // the poll gives up what took the memory
            return failure(ToldWait.NONE, Failures.outOfMemory("the answer"));
        } catch (StackOverflowError | RuntimeException e) {
            return failure(ToldWait.NONE, "unexpected: " + TerminalText.value(Failures.sentence(e)));
        }
    }

    private Next pages() {
        Set<String> cursors = new HashSet<>();
        cursors.add(cursor);
        for (int page = 1; ; page++) {
            PageRequests.Answer answer = requests.ask(cursor);
            Exchange exchange = answer.exchange();
            ToldWait toldWait = ToldWait.of(exchange.headers(), Instant.now());
            boolean overLimit = exchange.status() == TOO_MANY || exchange.status() == FORBIDDEN && toldWait.overLimit();
            if (overLimit) {
                return answered(Ending.LIMITED, toldWait);
            }
            if (!answer.problem().isEmpty()) {
                return failure(toldWait, answer.problem());
            }
            if (answer.notModified()) {
                return answered(Ending.UNCHANGED, toldWait);
            }
            if (exchange.status() == NO_CONTENT || exchange.status() == RESET_CONTENT) {
                books.took(List.of());
                return answered(Ending.READ, toldWait);
            }
            boolean more;
            try {
                more = take(exchange);
            } catch (IOException e) {
                return failure(toldWait, TerminalText.value(Failures.sentence(e)));
            }
            if (!more || endsEarly(page, cursors)) {
                return answered(Ending.READ, toldWait);
            }
            if (stop.requested()) {
                return answered(Ending.BROKEN_OFF, toldWait);
            }
        }
    }

    /** Whether there is a next page. */
    private boolean take(Exchange exchange) throws IOException {
        ListPage page;
        try {
            page = ListPage.read(exchange, setup.items(), setup.id(), stop);
        } catch (ListPage.NoList e) {
            listMissed = true;
            throw e;
        }
        listFound = true;
        lines.arrived(books.took(page.items()));
        cursor = page.cursor();
        if (page.more()) {
            requests.askWhole();
        } else {
            requests.askWhetherChanged(exchange);
        }
        return page.more();
    }

    private boolean endsEarly(int pages, Set<String> cursors) {
        boolean repeated = !cursors.add(cursor);
        if (repeated) {
            changes.tell("pages", "repeated", "the same next_cursor came twice in one poll, so the poll ends here");
        } else if (pages >= setup.mostPages()) {
            changes.tell(
                    "pages",
                    "many",
                    "a poll ends after %d pages (--most-pages) though there are more; the next poll continues there"
                            .formatted(pages));
        }
        return repeated || pages >= setup.mostPages();
    }

    private Next answered(Ending ending, ToldWait toldWait) {
        failuresInARow = 0;
        books.end(ending).ifPresent(lines::ended);
        return new Next(toldWait, 0);
    }

    private Next failure(ToldWait toldWait, String reason) {
        if (stop.requested()) { // this is the most likely cause
            return answered(Ending.BROKEN_OFF, toldWait);
        }
        // a server that says when to come back can be polled
        if (books.polls() == 1 && books.nothingRead() && toldWait.nanos() == 0) {
            cannotBePolled = reason;
        } else {
            changes.tell("failure", reason, "poll %d failed: %s".formatted(books.polls(), reason));
        }
        books.end(Ending.FAILED).ifPresent(lines::ended);
        failuresInARow++;
        long doubled = setup.intervalNanos();
        for (int i = 1; i < failuresInARow && doubled < LONGEST_BACKOFF_NANOS; i++) {
            doubled *= 2;
        }
        return new Next(toldWait, Math.min(LONGEST_BACKOFF_NANOS, doubled));
    }
}
