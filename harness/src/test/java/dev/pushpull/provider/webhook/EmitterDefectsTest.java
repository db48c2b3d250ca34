package dev.pushpull.provider.webhook;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Outbox;
import dev.pushpull.testing.ForwardingOutbox;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever exception an attempt meets, its place becomes free again and its delivery is in a known state. */
@Tag("live")
class EmitterDefectsTest {
    private static final int EVENTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CopyOnWriteArrayList<Throwable> reported = new CopyOnWriteArrayList<>();
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void takeReports() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    }

    @AfterEach
    void leaveReports() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    /** Two places in total. */
    private static Emitters sender(RetrySchedule retries, Outbox outbox, AttemptListener listener) {
        return new Emitters(
                Scenarios.webhooks(retries, 2, 2, PATIENCE),
                new OpenDeliveries(Emitters.MOST_BYTES, 100),
                outbox,
                Clock.systemUTC(),
                listener);
    }

    private static void sendAll(Emitters sender, Subscription subscription) {
        for (int i = 0; i < EVENTS; i++) {
            sender.send(subscription, "{}");
        }
    }

    @Test
    void aListenerThatThrowsLosesNothing() {
        AttemptListener defect = (url, dueNanos, sentNanos, doneNanos, exchange) -> {
            throw new IllegalStateException("a defect");
        };
        try (ScriptedServer receiver =
                        new ScriptedServer(request -> Reply.status(request.number() % 2 == 0 ? 200 : 500));
                Emitters sender = sender(Scenarios.attempts(50, Duration.ofMillis(1)), Outbox.inMemory(), defect)) {
            Subscription subscription = Emitters.subscription("sub_1", receiver.url("/hook"));
            sendAll(sender, subscription);

            eventually("all are acknowledged", () -> sender.emitter.acknowledged() == EVENTS);
            eventually("nothing is under way", sender.emitter::idle);
            assertThat(sender.open.counts()).isEmpty();
            assertThat(reported).hasSize(receiver.taken().size());
        }
    }

    @Test
    void anOutboxThatThrowsLosesNothing() {
        Outbox defect = new ForwardingOutbox() {
            @Override
            public CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos) {
                throw new RejectedExecutionException("closed");
            }

            @Override
            public CompletableFuture<Void> ended(long number) {
                throw new RejectedExecutionException("closed");
            }
        };
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                Emitters sender = sender(Scenarios.attempts(3, Duration.ofMillis(1)), defect, AttemptListener.NONE)) {
            sendAll(sender, Emitters.subscription("sub_1", receiver.url("/hook")));

            eventually(
                    "all are given up", () -> sender.open.counts().equals(Map.of("retries exhausted", (long) EVENTS)));
            eventually("nothing is under way", sender.emitter::idle);
            assertThat(receiver.taken()).hasSize(3 * EVENTS);
        }
    }

    @Test
    void aSchemeThatThrowsIsAFailedAttemptAndDisturbsNobodyElse() {
        SignatureScheme defect = (SignatureScheme) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SignatureScheme.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sign") && arguments[3] instanceof Message) {
                        throw new IllegalArgumentException("a defect");
                    }
                    return method.invoke(SignatureSchemes.DEFAULT, arguments);
                });
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200));
                Emitters sender =
                        sender(Scenarios.attempts(3, Duration.ofMillis(1)), Outbox.inMemory(), AttemptListener.NONE)) {
            Subscription broken = new Subscription(
                    "sub_1", receiver.url("/broken"), defect, null, SignatureSchemes.DEFAULT.newSecret());

            sendAll(sender, broken);
            sendAll(sender, Emitters.subscription("sub_2", receiver.url("/good")));

            eventually("the other has all", () -> sender.emitter.acknowledged() == EVENTS);
            eventually(
                    "all of the broken are given up",
                    () -> sender.open.counts().equals(Map.of("retries exhausted", (long) EVENTS)));
            eventually("nothing is under way", sender.emitter::idle);
            assertThat(broken.attempts()).hasSize(3 * EVENTS);
            assertThat(broken.attempts().get(0).error()).contains("a defect");
        }
    }

    @Test
    void whatIsNotSentBecauseTheSenderClosesWaitsOn() {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                Emitters sender =
                        sender(Scenarios.attempts(3, Duration.ofHours(1)), Outbox.inMemory(), AttemptListener.NONE)) {
            Subscription subscription = Emitters.subscription("sub_1", receiver.url("/hook"));
            sender.send(subscription, "{}");
            eventually("it waits for a retry", () -> sender.open.counts().equals(Map.of("retry pending", 1L)));

            sender.emitter.close();
            sender.send(subscription, "{}");

            assertThat(sender.open.counts()).isEqualTo(Map.of("retry pending", 1L, "waiting to be sent", 1L));
        }
    }
}
