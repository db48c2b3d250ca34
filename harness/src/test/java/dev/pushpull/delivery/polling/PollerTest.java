package dev.pushpull.delivery.polling;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import dev.pushpull.testing.ScriptedServer.Script;
import dev.pushpull.testing.ScriptedServer.Taken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The poller against a provider that sends the answers it is given, when it is told to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class PollerTest {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    /** Long enough that everything within a test happens without waiting for the next tick. */
    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    private static final Duration OFTEN = Duration.ofMillis(20);

    private final AtomicInteger polls = new AtomicInteger();
    private ScriptedServer provider;
    private Recorder recorder;
    private Poller poller;
    private long startNanos;

    /** @param script only for {@code GET /events}, numbered from 1 */
    private void start(Duration interval, int consumers, Script script) throws IOException {
        provider = new ScriptedServer(request -> request.target().getPath().equals("/healthz")
                ? health()
                : script.answer(new Taken(
                        polls.incrementAndGet(),
                        request.method(),
                        request.target(),
                        request.headers(),
                        request.body())));
        Scenario scenario = Scenarios.polling(interval, 3, consumers);
        recorder = new Recorder(consumers);
        poller = new Poller(
                "polling",
                provider.address(),
                scenario,
                PollManner.plain(new FixedPollSchedule(
                        interval.toNanos(), scenario.polling().phase())),
                recorder,
                NanoClock.SYSTEM);
        startNanos = System.nanoTime();
        recorder.start(startNanos, scenario.run().durationNanos());
        poller.start(startNanos);
    }

    @AfterEach
    void stop() {
        poller.close();
        provider.close();
    }

    @Test
    void ticksThatFallWhileAPollIsOutAreSkippedAndCounted() throws IOException {
        CountDownLatch mayAnswerFirst = new CountDownLatch(1);
        CountDownLatch mayAnswerSecond = new CountDownLatch(1);
        long[] arrivedNanos = new long[3];
        start(OFTEN, 1, request -> {
            arrivedNanos[Math.min(2, request.number() - 1)] = System.nanoTime();
            (request.number() == 1 ? mayAnswerFirst : mayAnswerSecond).await();
            return page(List.of(), "0", false);
        });

        eventually("the first poll is out", () -> polls.get() == 1);
        eventually("three ticks have passed it", () -> ticks(System.nanoTime()) >= 3);
        assertThat(polls).as("one poll at a time").hasValue(1);
        long passed = ticks(System.nanoTime());
        mayAnswerFirst.countDown();
        eventually("the second poll is out", () -> polls.get() == 2);

        long skipped = recorder.record().skippedPolls();
        assertThat(skipped).isGreaterThanOrEqualTo(passed);
        assertThat(ticks(arrivedNanos[1])).as("it came on the tick after those").isGreaterThan(skipped);
        assertThat(recorder.record().exchanges().mayBeEmpty()).isEqualTo(1);
        mayAnswerSecond.countDown();
    }

    @Test
    void aSlowAnswerToOneConsumerHoldsUpNoOther() throws IOException {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        AtomicInteger second = new AtomicInteger();
        start(OFTEN, 2, request -> {
            if (request.target().getQuery().contains("stream=c0")) {
                mayAnswer.await();
            } else {
                second.incrementAndGet();
            }
            return page(List.of(), "0", false);
        });

        eventually("the other polls on", () -> second.get() >= 5);
        assertThat(polls.get() - second.get()).as("polls of the first").isLessThanOrEqualTo(1);
        mayAnswer.countDown();
    }

    @Test
    void furtherPagesAreFetchedAtOnce() throws Exception {
        start(NEVER_AGAIN, 1, request -> switch (request.number()) {
            case 1 -> page(List.of(1L, 2L, 3L), "3", true);
            case 2 -> page(List.of(4L, 5L, 6L), "6", true);
            default -> page(List.of(7L), "7", false);
        });

        eventually("all have arrived", () -> recorder.deliveredSoFar() == 7);
        poller.stop(PATIENCE_NANOS);

        assertThat(questions())
                .containsExactly("stream=c0&limit=3", "stream=c0&limit=3&after=3", "stream=c0&limit=3&after=6");
        Recording record = recorder.record();
        assertThat(record.exchanges().mayBeEmpty()).isEqualTo(1);
        assertThat(pages(record)).isEqualTo(2);
        assertThat(record.exchanges().empty()).isZero();
        assertThat(poller.books().counters().get(0).value()).isEqualTo(7);
        assertThat(poller.books().asked().requests())
                .as("with the clock reading")
                .isEqualTo(4);
    }

    @Test
    void aCursorThatStandsStillIsNotFollowedForEver() throws Exception {
        start(NEVER_AGAIN, 1, request -> page(List.of(1L), "1", true));

        eventually("the poll is over", () -> pages(recorder.record()) >= 1);
        poller.stop(PATIENCE_NANOS);

        assertThat(questions()).containsExactly("stream=c0&limit=3", "stream=c0&limit=3&after=1");
    }

    @Test
    void anAnswerThatIsNoneIsAnEmptyPollAndTheNextGoesOnFromTheSameCursor() throws Exception {
        start(OFTEN, 1, request -> switch (request.number()) {
            case 1 -> page(List.of(1L, 2L), "2", false);
            case 2 -> Reply.status(500);
            case 3 -> new Reply(429, Map.of("Retry-After", "0"), "slow down");
            case 4 -> new Reply(503, Map.of("Retry-After", "0"), "");
            case 5 -> throw new IOException("broken connection");
            case 6 -> new Reply(302, Map.of("Location", "/events?stream=other"), "");
            case 7 -> new Reply(200, Map.of(), "{\"data\":[");
            case 8 -> page(List.of(3L), "3", false);
            default -> page(List.of(), "3", false);
        });

        eventually("what came after the failures has arrived", () -> recorder.deliveredSoFar() == 3);
        poller.stop(PATIENCE_NANOS);

        String from2 = "stream=c0&limit=3&after=2";
        assertThat(questions().subList(0, 8))
                .containsExactly("stream=c0&limit=3", from2, from2, from2, from2, from2, from2, from2);
        Recording record = recorder.record();
        assertThat(record.exchanges().mayBeEmpty()).isEqualTo(polls.get());
        assertThat(record.exchanges().empty()).isEqualTo(polls.get() - 2);
        assertThat(record.malformed()).isEqualTo(1);
        assertThat(recorder.missing(0, 3)).isEmpty();
        assertThat(record.duplicates()).isZero();
    }

    @Test
    void aRefusalWithADateIsHeeded() throws Exception {
        Instant date = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 2);
        String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
        List<Instant> came = new CopyOnWriteArrayList<>();
        start(OFTEN, 1, request -> {
            came.add(Instant.now());
            return request.number() == 1
                    ? new Reply(429, Map.of("Retry-After", text), "")
                    : page(List.of(), "0", false);
        });

        eventually("it is asked again", () -> came.size() > 1);
        poller.stop(PATIENCE_NANOS);

        assertThat(came.get(1)).isAfterOrEqualTo(date.minusMillis(1)); // two clocks, which may drift apart
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fri, 31 Dec 9999 23:59:59 GMT", "99999999999999999999"})
    void aRefusalForAgesEndsThePollingAndBreaksNothing(String retryAfter) throws Exception {
        start(OFTEN, 1, request -> new Reply(429, Map.of("Retry-After", retryAfter), ""));

        eventually("the first poll is refused", () -> polls.get() == 1);
        long now = ticks(System.nanoTime());
        eventually("some ticks have passed", () -> ticks(System.nanoTime()) >= now + 5);
        poller.stop(PATIENCE_NANOS);

        assertThat(polls).hasValue(1);
    }

    @Test
    void aPageThatFailsIsFetchedByTheNextPoll() throws Exception {
        start(OFTEN, 1, request -> switch (request.number()) {
            case 1 -> page(List.of(1L, 2L, 3L), "3", true);
            case 2 -> Reply.status(500);
            case 3 -> page(List.of(4L), "4", false);
            default -> page(List.of(), "4", false);
        });

        eventually("all have arrived", () -> recorder.deliveredSoFar() == 4);
        poller.stop(PATIENCE_NANOS);

        assertThat(questions().subList(1, 3)).containsOnly("stream=c0&limit=3&after=3");
        assertThat(pages(recorder.record())).isEqualTo(1);
        assertThat(recorder.missing(0, 4)).isEmpty();
    }

    @Test
    void stoppingWaitsForThePollThatIsOutAndSendsNoOther() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        start(OFTEN, 1, request -> {
            mayAnswer.await();
            return page(List.of(1L), "1", false);
        });
        eventually("the poll is out", () -> polls.get() == 1);

        Thread stopping = new Thread(() -> {
            try {
                poller.stop(PATIENCE_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.start();
        eventually("it is being waited for", () -> stopping.getState() == Thread.State.TIMED_WAITING);
        mayAnswer.countDown();
        stopping.join();

        assertThat(recorder.deliveredSoFar()).isEqualTo(1);
        long now = ticks(System.nanoTime());
        eventually("two more ticks have passed", () -> ticks(System.nanoTime()) >= now + 2);
        assertThat(polls).hasValue(1);
    }

    private long ticks(long nanos) {
        return (nanos - startNanos) / OFTEN.toNanos();
    }

    private List<String> questions() {
        return provider.taken().stream()
                .filter(request -> request.target().getPath().equals("/events"))
                .map(request -> request.target().getQuery())
                .toList();
    }

    private static Reply page(List<Long> sequences, String nextCursor, boolean hasMore) {
        long nowEpochNanos = HostClocks.now(NanoClock.SYSTEM).epochNanos();
        String data = LongStream.range(0, sequences.size())
                .map(i -> sequences.get((int) i))
                .mapToObj(sequence -> new Event("evt_" + sequence, "c0", sequence, "test", nowEpochNanos, "{}"))
                .map(event -> new String(EventJson.encode(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        String json = "{\"data\":[" + data + "],\"next_cursor\":\"" + nextCursor + "\",\"has_more\":" + hasMore + "}";
        return new Reply(200, Map.of("Content-Type", "application/json"), json);
    }

    private static Reply health() {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        String json = "{\"boot_id\":\"%s\",\"monotonic_nanos\":%d,\"epoch_nanos\":%d}"
                .formatted(now.bootId(), now.monotonicNanos(), now.epochNanos());
        return new Reply(200, Map.of(), json);
    }

    private static long pages(Recording recording) {
        return recording.exchanges().measuredByKind(Begins.CONSUMER).getOrDefault(Exchanges.PAGE.plural(), 0L);
    }
}
