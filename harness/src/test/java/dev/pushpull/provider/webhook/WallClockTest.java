package dev.pushpull.provider.webhook;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.store.Outbox;
import dev.pushpull.testing.ForwardingOutbox;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times for others come from the current wall clock, even when it is set while the emitter runs. */
@Tag("live")
class WallClockTest {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofHours(1);

    private final SteppedClock wallClock = new SteppedClock();
    private final RememberingOutbox outbox = new RememberingOutbox();

    /** Stands still until it is set. */
    private static final class SteppedClock extends Clock {
        private volatile Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Remembers when the next attempts are due. */
    private static final class RememberingOutbox extends ForwardingOutbox {
        private final CopyOnWriteArrayList<Instant> next = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos) {
            next.add(Instant.ofEpochSecond(0, nextAttemptEpochNanos));
            return super.attempted(number, attempts, nextAttemptEpochNanos);
        }
    }

    private Emitters emitters(RetrySchedule retries) {
        return new Emitters(
                Scenarios.webhooks(retries),
                new OpenDeliveries(Emitters.MOST_BYTES, 100),
                outbox,
                wallClock,
                AttemptListener.NONE);
    }

    @Test
    void aSignatureAndTheDeliveryLogHaveTheTimeToWhichTheClockWasSet() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200));
                Emitters sender = emitters(RetrySchedule.NONE)) {
            Subscription subscription = Emitters.subscription("sub_1", receiver.url("/hook"));
            sender.send(subscription, "{}");
            eventually("the first is there", () -> sender.emitter.acknowledged() == 1);
            wallClock.now = BEGIN.plus(Duration.ofMinutes(6));
            sender.send(subscription, "{}");
            eventually("the second is there", () -> sender.emitter.acknowledged() == 2);

            assertThat(receiver.taken())
                    .extracting(taken -> Instant.ofEpochSecond(Long.parseLong(taken.header("webhook-timestamp"))))
                    .containsExactly(BEGIN, wallClock.now);
            assertThat(subscription.attempts())
                    .extracting(attempt -> Instant.ofEpochSecond(0, attempt.startedAtEpochNanos()))
                    .containsExactly(BEGIN, wallClock.now);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7200, PT2H",
        "999999999, PT24H",
        "99999999999999999999, PT24H",
        "'Tue, 01 Jan 2030 03:00:00 GMT', PT3H",
        "'Tuesday, 01-Jan-30 03:00:00 GMT', PT3H",
        "Tue Jan  1 03:00:00 2030, PT3H",
        "'Fri, 31 Dec 9999 23:59:59 GMT', PT24H",
        "'Mon, 01 Jan 2029 00:00:00 GMT', PT1H",
        "soon, PT1H"
    })
    void whatRetryAfterAsksForIsWaitedForUpToADay(String retryAfter, Duration expected) throws IOException {
        try (ScriptedServer receiver =
                        new ScriptedServer(request -> new Reply(503, Map.of("Retry-After", retryAfter), ""));
                Emitters sender = emitters(Scenarios.attempts(2, LONG))) {
            sender.send(Emitters.subscription("sub_1", receiver.url("/hook")), "{}");

            eventually("the next attempt is planned", () -> outbox.next.size() == 1);

            // the wall clock stands still while a little of the waiting has passed
            assertThat(outbox.next.get(0)).isBetween(BEGIN.plus(expected).minusSeconds(10), BEGIN.plus(expected));
        }
    }

    @Test
    void theNextAttemptIsKeptByTheClockOfTheMoment() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                Emitters sender = emitters(Scenarios.attempts(2, LONG))) {
            wallClock.now = BEGIN.plus(Duration.ofDays(3));
            sender.send(Emitters.subscription("sub_1", receiver.url("/hook")), "{}");

            eventually("the next attempt is planned", () -> outbox.next.size() == 1);

            Instant due = wallClock.now.plus(LONG);
            assertThat(outbox.next.get(0)).isBetween(due.minusSeconds(10), due);
        }
    }

    @ParameterizedTest
    @CsvSource({"PT-1H, true", "PT0S, true", "PT30M, false"})
    void aProcessThatGoesOnTriesAgainWhenTheWallClockSaysSo(Duration ahead, boolean sent) throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200));
                Emitters sender = emitters(Scenarios.attempts(3, LONG))) {
            resume(sender, receiver, BEGIN.plus(ahead));
            if (sent) {
                eventually("it is sent", () -> sender.emitter.acknowledged() == 1);
            } else {
                assertThat(sender.emitter.timed()).isEqualTo(1);
            }
        }
    }

    @Test
    void noClockThatWasSetBackMakesADeliveryWaitForYears() {
        RetryTimes times = new RetryTimes(Scenarios.attempts(3, Duration.ofHours(30)), 1, () -> 0, wallClock);

        long due = times.dueNanos(epochNanos(BEGIN.plus(Duration.ofDays(9000))));

        assertThat(Duration.ofNanos(due)).isEqualTo(Duration.ofHours(30));
    }

    private static void resume(Emitters sender, ScriptedServer receiver, Instant due) {
        sender.emitter.resume(
                Emitters.subscription("sub_1", receiver.url("/hook")),
                sender.event("{}"),
                new Outbox.Delivery(7, "sub_1", 1, 1, epochNanos(due)));
    }

    private static long epochNanos(Instant instant) {
        return Duration.ofSeconds(instant.getEpochSecond()).toNanos();
    }
}
