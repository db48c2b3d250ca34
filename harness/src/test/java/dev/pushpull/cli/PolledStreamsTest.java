package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.answer;
import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.FeedFormat;
import dev.pushpull.standalone.ItemListener;
import dev.pushpull.standalone.ItemPointers;
import dev.pushpull.standalone.Pace;
import dev.pushpull.standalone.Paging;
import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.PollRequest;
import dev.pushpull.standalone.ServerClock;
import dev.pushpull.standalone.Sighting;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener is told of lists and of answers that go on, and when. */
@Timeout(120)
@Tag("live")
class PolledStreamsTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n";
    private static final String LINES = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n";

    private final List<Sighting> seen = new CopyOnWriteArrayList<>();
    private final List<String> polls = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Optional<FeedFormat> format = Optional.empty();
    private Paging paging = Paging.ours(100);
    private Pace pace = Pace.every(20 * MILLI);
    private int mostBytes = 1 << 20;
    private EndpointPolling polling;

    private final ItemListener listener = new ItemListener() {
        @Override
        public void saw(Sighting sighting) {
            seen.add(sighting);
        }

        @Override
        public void polled(long number, long startedNanos, long endedNanos, PollEnding ending, boolean whole) {
            assertThat(startedNanos).isLessThanOrEqualTo(endedNanos);
            polls.add(number + (ending.read() ? " read" : "") + (whole ? " whole" : ""));
        }
    };

    private List<String> ids() {
        return seen.stream().map(Sighting::id).toList();
    }

    private void pollUntil(RawEndpoint endpoint, String what, BooleanSupplier end) throws Exception {
        EndpointPolling.Setup setup = new EndpointPolling.Setup(
                HttpUrl.get(endpoint.url()),
                ItemPointers.of(JsonPointer.compile("/data"), JsonPointer.compile("/id")),
                PollRequest.PLAIN,
                paging,
                pace,
                format,
                mostBytes);
        polling = new EndpointPolling(setup, told::add, line -> {}, listener);
        Interruption interruption = new Interruption();
        Thread watch = new Thread(() -> {
            try {
                eventually(what, end);
            } finally {
                interruption.request();
            }
        });
        watch.start();
        polling.run(interruption, Long.MAX_VALUE);
        watch.join();
        assertThat(end.getAsBoolean())
                .as("%s: %s %s %s", what, ids(), polls, told)
                .isTrue();
    }

    private static void send(OutputStream to, String text) throws IOException {
        to.write(bytes(text));
        to.flush();
    }

    @Test
    void theFirstPollIsTheBacklogAndAnItemThatWasGoneIsToldAgain() throws Exception {
        String one = json("{\"data\":[{\"id\":1,\"occurred_at\":\"2026-01-01T00:00:00Z\"}]}");
        String two = json("{\"data\":[{\"id\":1},{\"id\":2}]}");
        String none = json("{\"data\":[]}");
        try (RawEndpoint endpoint = RawEndpoint.inTurn(one, two, answer("500 No", ""), none, two, two)) {
            long began = NanoClock.SYSTEM.nanoTime();
            pollUntil(endpoint, "six polls", () -> polls.size() >= 6);
            assertThat(ids()).containsExactly("1", "2", "1", "2");
            assertThat(seen.stream().map(Sighting::poll)).containsExactly(1L, 2L, 5L, 5L);
            assertThat(seen.stream().map(Sighting::repeated)).containsExactly(false, false, true, true);
            assertThat(seen.get(0).sourceEpochNanos()).hasValue(1_767_225_600_000_000_000L);
            assertThat(seen.get(0).atNanos()).isBetween(began, NanoClock.SYSTEM.nanoTime());
            assertThat(polls.subList(0, 6))
                    .containsExactly(
                            "1 read whole", "2 read whole", "3", "4 read whole", "5 read whole", "6 read whole");
        }
    }

    @Test
    void aPollFromACursorIsNotWhole() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[{\"id\":1}],\"next_cursor\":\"a\"}"))) {
            pollUntil(endpoint, "two polls", () -> polls.size() >= 2);
            assertThat(polls.subList(0, 2)).containsExactly("1 read whole", "2 read");
            assertThat(ids()).containsExactly("1");
        }
    }

    @Test
    void aPollOfPagesThatAreCutIsNotWhole() throws Exception {
        paging = Paging.byLinks(2);
        try (RawEndpoint endpoint = new RawEndpoint((request, to) ->
                to.write(bytes(json("{\"data\":[]}", "Link: </" + request.number() + ">; rel=next"))))) {
            pollUntil(endpoint, "a poll", () -> !polls.isEmpty());
            assertThat(polls.get(0)).isEqualTo("1 read");
            assertThat(told).anyMatch(line -> line.contains("after 2 pages (--most-pages)"));
        }
    }

    @Test
    void anEventIsAnItemTheMomentItIsReadAndTheStreamIsReopenedAfterTheLastOne() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            if (request.number() > 1) {
                send(to, STREAM + "id: 9\rdata: {\"id\":\"d\"}\r\rid: 10\ndata: {\"id\":\"e\"}\n\n");
                Thread.sleep(100_000);
            }
            send(to, "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream\r\n\r\n: hello\n\nretry: 10\nid: 7\n");
            send(to, "data: {\"id\":\"a\"}\r\n\r\n");
            eventually("the beginning is over", () -> polls.contains("1 read"));
            assertThat(ids()).containsExactly("a");
            send(to, "event: x\nid: 8\ndata: {\"id\":\ndata:\"b\"}\n\n");
            eventually("it is told at once", () -> ids().contains("b"));
            send(to, "data: no JSON\n\nid: 9\ndata: neither\n\ndata: cut off");
            throw new IOException("closes");
        })) {
            pollUntil(endpoint, "the second connection's events", () -> ids().contains("e"));
            assertThat(ids()).containsExactly("a", "b", "8", "9", "d", "e");
            assertThat(seen.stream().map(Sighting::poll)).containsExactly(1L, 2L, 2L, 2L, 3L, 3L);
            assertThat(endpoint.asked().get(1).values("Last-Event-ID")).containsExactly("9");
            assertThat(polls.subList(0, 2)).containsExactly("1 read", "2 read");
            assertThat(polling.figures()).containsEntry("backlog", 1L).containsEntry("delivered", 5L);
        }
    }

    @Test
    void anEventThatComesAgainIsToldAsRepeated() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            send(to, STREAM + "data: {\"id\":1}\n\ndata: {\"id\":1}\n\n");
            Thread.sleep(100_000);
        })) {
            pollUntil(endpoint, "both", () -> seen.size() == 2);
            assertThat(seen.stream().map(Sighting::repeated)).containsExactly(false, true);
        }
    }

    @Test
    void linesThatEndAreAListAndWhatIsNoJsonIsLeftOut() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            send(to, LINES + "{\"id\":1}\n\nrubbish\r\n{\"id\":2}\r\n{\"id\":3}" + (request.number() > 1 ? "\n4" : ""));
            throw new IOException("closes");
        })) {
            pollUntil(endpoint, "three polls", () -> polls.size() >= 3);
            assertThat(ids()).containsExactly("1", "2", "3", "4");
            assertThat(polls.get(0)).isEqualTo("1 read whole");
            assertThat(told).anyMatch(line -> line.contains("a line is no JSON"));
        }
    }

    @Test
    void linesOfAStreamContinueFromTheCursorOfTheLast() throws Exception {
        format = Optional.of(FeedFormat.NDJSON);
        paging = new Paging(Paging.Way.CURSOR, JsonPointer.compile("/seq"), "since", false, 100);
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            send(to, "HTTP/1.1 200 OK\r\n\r\n{\"id\":%d,\"seq\":%1$d}\n".formatted(request.number()));
            throw new IOException("closes");
        })) {
            pollUntil(endpoint, "three polls", () -> polls.size() >= 3);
            assertThat(endpoint.asked().get(2).line()).startsWith("GET /items?since=2 ");
            assertThat(endpoint.asked().get(0).values("Accept")).containsExactly("application/x-ndjson");
        }
    }

    @Test
    void aLineWithoutEndAndASilentStreamAreBrokenOffAndOpenedAgain() throws Exception {
        mostBytes = 1000;
        pace = new Pace(20 * MILLI, 30_000 * MILLI, 100 * MILLI, Optional.empty());
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            if (request.number() == 1) {
                send(to, LINES + "{\"id\":1}\n");
                Thread.sleep(100_000);
            }
            send(to, (request.number() == 2 ? STREAM + "data: " : LINES) + "x".repeat(2000));
            Thread.sleep(100_000);
        })) {
            pollUntil(endpoint, "they are opened again", () -> endpoint.asked().size() >= 4);
            assertThat(told)
                    .anyMatch(line -> line.contains("nothing came for"))
                    .anyMatch(line -> line.contains("a line has more than 1000 bytes"));
            assertThat(ids()).containsExactly("1");
        }
    }

    @Test
    void rubbishAloneIsNothingThatCouldBePolled() throws Exception {
        format = Optional.of(FeedFormat.NDJSON);
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("200 OK", "<html>\n"))) {
            Exception wrong = null;
            try {
                pollUntil(endpoint, "it asks", () -> !endpoint.asked().isEmpty());
            } catch (IOException e) {
                wrong = e;
            }
            assertThat(wrong == null || wrong.getMessage().contains("a line is no JSON"))
                    .isTrue();
        }
    }

    @Test
    void quotasAndFailuresOfAStreamAreHonouredAsThoseOfAList() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            if (request.number() == 1) {
                send(to, answer("429 Slow", "", "Retry-After: 1"));
                return;
            }
            send(to, STREAM);
            Thread.sleep(100_000);
        })) {
            pollUntil(endpoint, "it is opened", () -> polls.size() >= 2);
            assertThat(polls.subList(0, 2)).containsExactly("1", "2 read");
            assertThat(endpoint.asked().get(1).at())
                    .isAfterOrEqualTo(endpoint.asked().get(0).at().plusMillis(900));
            assertThat(told).anyMatch(line -> line.contains("Retry-After: 1"));
        }
    }

    @Test
    void theServersClockIsKnownToASecondAndTheTimeOfAnExchange() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[]}", "Date: Thu, 01 Jan 2026 00:00:00 GMT"))) {
            pollUntil(endpoint, "a poll", () -> !polls.isEmpty());
            ServerClock.Offset offset = polling.serverClock().orElseThrow();
            long ours = polling.startedAt().toEpochMilli() * MILLI;
            assertThat(offset.mostNanos())
                    .isBetween(1_767_225_600_000_000_000L - ours, 1_767_225_601_000_000_000L - ours + 10 * MILLI);
            assertThat(offset.mostNanos() - offset.leastNanos()).isPositive();
        }
    }
}
