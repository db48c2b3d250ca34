package dev.pushpull.provider.webhook;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An emitter that works for ever holds no delivery that it will not make. */
@Tag("live")
class LongSendingTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void theRetriesOfASubscriptionThatEndedLeaveTheTimer() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                Emitters sender = new Emitters(Scenarios.webhooks(Scenarios.attempts(5, LONG)))) {
            Subscription subscription = Emitters.subscription("sub_1", receiver.url("/hook"));
            for (int i = 0; i < 300; i++) {
                sender.send(subscription, "{}");
            }
            eventually("all wait for a retry", () -> sender.emitter.timed() == 300);

            subscription.end();
            sender.emitter.ended(subscription);

            assertThat(sender.emitter.timed()).isZero();
            assertThat(sender.open.size()).isZero();
        }
    }

    @Test
    void whatIsGivenUpForTooMuchWaitingLeavesTimerAndLine() throws IOException {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        String data = "{\"text\":\"" + "x".repeat(10_000) + "\"}";
        try (ScriptedServer receiver = new ScriptedServer(request -> {
                    mayAnswer.await();
                    return Reply.status(200);
                });
                Emitters sender = Emitters.holding(
                        1_000_000, Scenarios.webhooks(RetrySchedule.NONE, 4, 4, Duration.ofSeconds(20)))) {
            Subscription subscription = Emitters.subscription("sub_1", receiver.url("/hook"));
            for (int i = 0; i < 1000; i++) {
                sender.send(subscription, data);
            }

            assertThat(sender.open.size()).isBetween(50, 100);
            long givenUp = sender.open.counts().get("too much waiting");
            assertThat(givenUp + sender.open.size()).isEqualTo(1000);
            mayAnswer.countDown();
            eventually("the rest is sent", () -> sender.emitter.acknowledged() == 1000 - givenUp);
            assertThat(receiver.taken()).hasSize((int) (1000 - givenUp));
        }
    }
}
