package dev.pushpull.standalone;

import dev.pushpull.host.EpochClock;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.standalone.PollBooks.Ended;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;

/**
 * Makes one poll after another, each through all the pages it should read, or over one connection that stays open. Knows
 * where the next poll starts and how long to wait for it. One thread polls; any thread may read the results.
 */
final class ListPoller {
    private static final long LONGEST_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** How long a stream that ended is left alone, unless it says how long. */
    private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

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
    private final ItemReader reader;
    private final FeedItems items;
    private final PageTurns turns;
    private final Validators validators;
    private final ServerClock serverClock;
    private volatile EpochClock clock;
    private volatile String cannotBePolled = "";
    private volatile boolean listMissed;
    private volatile boolean listFound;
    private String lastEventId = "";
    private int failuresInARow;

    /**
     * What follows a poll: a wait at least as long as the server asked for, and as long as after a failure.
     *
     * @param ownNanos until the next one, instead of the interval; empty for the interval
     */
    record Next(ToldWait toldWait, long backoffNanos, OptionalLong ownNanos) {}

    /** @param stop when true, a poll ends as soon as it can */
    ListPoller(
            EndpointPolling.Setup setup,
            PageRequests requests,
            Validators validators,
            PollBooks books,
            PollLines lines,
            ToldChanges changes,
            ServerClock serverClock,
            Interruption stop) {
        this.setup = setup;
        this.requests = requests;
        this.validators = validators;
        this.books = books;
        this.lines = lines;
        this.changes = changes;
        this.serverClock = serverClock;
        this.stop = stop;
        this.reader = new ItemReader(setup.items(), line -> changes.tell("pointer", line, line));
        this.turns = new PageTurns(setup.asked(), setup.paging());
        this.items = new FeedItems(reader, books, lines, changes, turns);
    }

    /** It begins, by this clock. */
    void opened(EpochClock started) {
        clock = started;
    }

    /** Why the very first answer could not be read; empty when it could, or is still to come. */
    String cannotBePolled() {
        return cannotBePolled;
    }

    /** Whether no answer had a list in the expected place. */
    boolean foundNoList() {
        return listMissed && !listFound;
    }

    /** What to say at the end about pointers that matched nothing. */
    List<String> warnings() {
        return reader.warnings();
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
        Set<HttpUrl> asked = new HashSet<>();
        boolean changed = false;
        HttpUrl url = turns.first();
        for (int page = 1; ; page++) {
            asked.add(url);
            FeedReader feed = new FeedReader(setup.format(), setup.pace(), setup.mostBytes(), items);
            String known = turns.continues() ? "" : url.toString();
            PageRequests.Answer answer = requests.ask(url, known, lastEventId, feed);
            Exchange exchange = answer.exchange();
            serverClock.heard(
                    exchange.headers(),
                    epochNanos(answer.sentNanos()),
                    epochNanos(feed.openedNanos(answer.readNanos())));
            ToldWait toldWait = ToldWait.of(exchange.headers(), Instant.now());
            boolean overLimit = exchange.status() == TOO_MANY || exchange.status() == FORBIDDEN && toldWait.overLimit();
            if (overLimit) {
                return answered(PollEnding.LIMITED, false, toldWait);
            }
            if (feed.opened()) {
                return fed(feed, answer, toldWait);
            }
            if (turns.isPastTheEnd(exchange.status())) {
                return answered(PollEnding.READ, true, toldWait);
            }
            if (!answer.problem().isEmpty()) {
                if (turns.refusesCursor(exchange.status(), page)) {
                    validators.forget(known);
                    return failure(
                            toldWait,
                            answer.problem() + ", so the cursor is not taken any more; the next poll begins anew");
                }
                return failure(toldWait, answer.problem());
            }
            if (exchange.status() == NO_CONTENT || exchange.status() == RESET_CONTENT) {
                books.took(List.of(), answer.readNanos());
                return answered(PollEnding.READ, false, toldWait);
            }
            Optional<HttpUrl> next;
            if (answer.notModified()) {
                books.tookUnchanged(answer.readNanos());
                next = turns.nextOfUnchanged(
                        answer.url(), exchange.headers(), validators.of(known).flatMap(Validators.Page::next));
            } else {
                try {
                    next = take(answer, known);
                } catch (IOException e) {
                    return failure(toldWait, TerminalText.value(Failures.sentence(e)));
                }
                changed = true;
            }
            boolean early = next.isPresent() && endsEarly(page, asked, next.get());
            if (next.isEmpty() || early) {
                return answered(
                        changed ? PollEnding.READ : PollEnding.UNCHANGED, turns.fromStart() && !early, toldWait);
            }
            if (stop.requested()) {
                return answered(PollEnding.BROKEN_OFF, false, toldWait);
            }
            url = next.get();
        }
    }

    private long epochNanos(long monotonicNanos) {
        return clock.epochNanos(clock.sinceStartNanos(monotonicNanos));
    }

    /** Where the next page is. */
    private Optional<HttpUrl> take(PageRequests.Answer answer, String known) throws IOException {
        ListPage page;
        try {
            page = ListPage.read(
                    answer.exchange(), setup.items().list(), setup.paging().cursor(), reader, stop);
        } catch (ListPage.NoList e) {
            listMissed = true;
            throw e;
        }
        listFound = true;
        lines.arrived(books.took(page.items(), answer.readNanos()));
        Optional<HttpUrl> next = turns.next(answer.url(), answer.exchange().headers(), page);
        if (next.isPresent() && turns.continues()) {
            validators.forget(known);
        } else {
            validators.remember(known, answer.exchange().headers(), next);
        }
        return next;
    }

    /** An answer that went on is over. */
    private Next fed(FeedReader feed, PageRequests.Answer answer, ToldWait toldWait) {
        listFound = true;
        lastEventId = feed.lastId().isEmpty() ? lastEventId : feed.lastId();
        boolean stayedOpen = books.hasStayedOpen();
        OptionalLong again = feed.retryNanos().isPresent() || !stayedOpen
                ? feed.retryNanos()
                : OptionalLong.of(Math.min(RECONNECT_NANOS, setup.pace().intervalNanos()));
        if (feed.items() == 0 && !feed.firstRubbish().isEmpty()) {
            return failure(toldWait, feed.firstRubbish(), true);
        }
        if (answer.problem().isEmpty()) {
            boolean whole = !stayedOpen && !feed.isEventStream() && turns.fromStart();
            return new Next(answered(PollEnding.READ, whole, toldWait).toldWait(), 0, again);
        }
        Next next = failure(toldWait, answer.problem());
        if (!stayedOpen) {
            return next;
        }
        failuresInARow = 0; // it worked until it broke
        return new Next(toldWait, 0, again);
    }

    /** Looks whether a stream pauses for the first time. */
    void look() {
        books.look(NanoClock.SYSTEM.nanoTime()).ifPresent(lines::ended);
    }

    private boolean endsEarly(int pages, Set<HttpUrl> asked, HttpUrl next) {
        boolean repeated = asked.contains(next);
        if (repeated) {
            changes.tell(
                    "pages",
                    "repeated",
                    "the same %s came twice in one poll, so the poll ends here".formatted(turns.words()));
        } else if (pages >= setup.paging().mostPages()) {
            changes.tell(
                    "pages",
                    "many",
                    "a poll ends after %d pages (--most-pages) though there are more; %s"
                            .formatted(
                                    pages,
                                    turns.continues() ? "the next poll continues there" : "the rest is not read"));
        }
        return repeated || pages >= setup.paging().mostPages();
    }

    private Next answered(PollEnding ending, boolean whole, ToldWait toldWait) {
        failuresInARow = 0;
        Optional<Ended> ended = books.end(ending, whole);
        ended.ifPresent(lines::ended);
        boolean broughtSomething = ended.filter(poll -> poll.newItems() > 0).isPresent() && ending == PollEnding.READ;
        boolean atOnce = setup.pace().hold().isPresent() && broughtSomething;
        return new Next(toldWait, 0, atOnce ? OptionalLong.of(0) : OptionalLong.empty());
    }

    private Next failure(ToldWait toldWait, String reason) {
        return failure(toldWait, reason, books.nothingRead());
    }

    private Next failure(ToldWait toldWait, String reason, boolean nothingRead) {
        if (stop.requested()) { // this is the most likely cause
            return answered(PollEnding.BROKEN_OFF, false, toldWait);
        }
        // a server that says when to come back can be polled
        if (books.polls() == 1 && nothingRead && toldWait.nanos() == 0) {
            cannotBePolled = reason;
        } else {
            changes.tell("failure", reason, "poll %d failed: %s".formatted(books.polls(), reason));
        }
        books.end(PollEnding.FAILED, false).ifPresent(lines::ended);
        failuresInARow++;
        long doubled = setup.pace().intervalNanos();
        for (int i = 1; i < failuresInARow && doubled < LONGEST_BACKOFF_NANOS; i++) {
            doubled *= 2;
        }
        return new Next(toldWait, Math.min(LONGEST_BACKOFF_NANOS, doubled), OptionalLong.empty());
    }
}
