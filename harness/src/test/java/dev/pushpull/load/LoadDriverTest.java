package dev.pushpull.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.signing.StandardWebhooks;
import io.undertow.server.HttpHandler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both drivers against servers that follow a script. */
@Tag("timing")
class LoadDriverTest {
    private static final long MILLISECOND = 1_000_000;
    private static final NanoClock CLOCK = NanoClock.SYSTEM;
    private static final LoadRequest POLL = LoadRequest.get("/events?a=b", Map.of("X-One", "1"));

    private static LoadStep step(double rate, long measuredMillis) {
        return new LoadStep(CLOCK.nanoTime() + 20 * MILLISECOND, rate, 50 * MILLISECOND, measuredMillis * MILLISECOND);
    }

    private interface Driven {
        void with(LoadDriver driver, MeteredHttpServer server) throws Exception;
    }

    private static void driven(
            LoadDriver.Kind kind, LoadRequest request, int connections, HttpHandler handler, Driven test)
            throws Exception {
        try (MeteredHttpServer server =
                        new MeteredHttpServer("127.0.0.1", 0, new RoleThreads("test", "server"), handler);
                LoadDriver driver = kind.open(server.address(), request, connections, CLOCK)) {
            test.with(driver, server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestThatIsDueIsSentAndAccountedFor(LoadDriver.Kind kind) throws Exception {
        HttpHandler busy = exchange -> {
            CpuWindowTest.useCpu(250_000); // 200 of these are seen by a kernel that counts CPU by ticks
            exchange.getResponseSender().send("an answer");
        };
        driven(kind, POLL, 4, busy, (driver, server) -> {
            for (int run = 0; run < 2; run++) { // connections work again
                LoadStep step = step(500, 400);
                LoadResult result = driver.run(step);
                assertThat(result.due()).isEqualTo(step.counted()).isEqualTo(200);
                assertThat(result.errors()).isZero();
                assertThat(result.response().count()).isEqualTo(200);
                assertThat(result.service().count()).isEqualTo(200);
                assertThat(result.late().count()).isEqualTo(200);
                assertThat(result.sent()).isEqualTo(server.totals().requests()).isEqualTo((run + 1) * step.total());
                assertThat(result.cpuNanos()).isPositive();
            }
            assertThat(server.totals().connections()).isBetween(1L, 4L);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aStallShowsInTheResponseTimesOfAllThatWereDueAndInTheServiceTimeOfOne(LoadDriver.Kind kind) throws Exception {
        AtomicInteger number = new AtomicInteger();
        HttpHandler stallsOnce = exchange -> {
            if (number.incrementAndGet() == 40) {
                TimeUnit.MILLISECONDS.sleep(300); // the script: the server's only I/O thread is busy
            }
            exchange.endExchange();
        };
        driven(kind, POLL, 1, stallsOnce, (driver, server) -> {
            LoadResult result = driver.run(step(200, 600));
            // at 200 a second some 40 requests were due in the first 200 ms of the stall
            long waited = above(result.response(), 100);
            long slow = above(result.service(), 100);
            assertThat(slow).isPositive();
            assertThat(waited - slow).isGreaterThan(20);
            // waiting for the only connection is not the driver's lateness
            assertThat(above(result.late(), 100)).isLessThan(waited - 20);
        });
    }

    private static long above(Distribution distribution, long millis) {
        return Math.round(distribution.shareAbove(millis * MILLISECOND) * distribution.count());
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreCountedAndAreNoAnswers(LoadDriver.Kind kind) throws Exception {
        AtomicInteger number = new AtomicInteger();
        HttpHandler failsEveryOther = exchange -> exchange.setStatusCode(number.incrementAndGet() % 2 == 0 ? 503 : 200)
                .endExchange();
        driven(kind, POLL, 2, failsEveryOther, (driver, server) -> {
            LoadResult result = driver.run(step(400, 250));
            assertThat(result.failed()).isBetween(40L, 60L);
            assertThat(result.answered() + result.failed()).isEqualTo(100);
            assertThat(result.response().count()).isEqualTo(result.answered());
        });
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT) // it sends little, and then waits
    void whatIsNeverAnsweredIsCountedWithTheTimeItWaited(LoadDriver.Kind kind) throws Exception {
        HttpHandler holds = exchange -> exchange.dispatch(() -> {});
        driven(kind, POLL, 2, holds, (driver, server) -> {
            LoadResult result = driver.run(step(200, 500));
            assertThat(result.answered()).isZero();
            assertThat(result.unanswered()).isEqualTo(100);
            assertThat(result.response().valueAt(0.01)).isGreaterThan(500 * MILLISECOND);
        });
    }

    @ParameterizedTest
    @EnumSource
    void saturatingKeepsEveryConnectionBusy(LoadDriver.Kind kind) throws Exception {
        driven(kind, POLL, 3, exchange -> exchange.endExchange(), (driver, server) -> {
            LoadResult result = driver.run(step(LoadStep.SATURATING, 300));
            assertThat(result.completed()).isPositive();
            assertThat(result.achievedPerSecond()).isEqualTo(result.completed() / 0.3);
            assertThat(result.sent()).isEqualTo(server.totals().requests());
            assertThat(server.totals().connections()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyWebhookHasAnIdAndASignatureOfItsOwn(LoadDriver.Kind kind) throws Exception {
        StandardWebhooks scheme = new StandardWebhooks();
        String secret = scheme.newSecret();
        byte[] body = "x".repeat(70_000).getBytes();
        Set<String> ids = ConcurrentHashMap.newKeySet();
        AtomicLong genuine = new AtomicLong();
        HttpHandler receiver = exchange -> exchange.getRequestReceiver().receiveFullBytes((ready, received) -> {
            ids.add(ready.getRequestHeaders().getFirst("webhook-id"));
            Verdict verdict = scheme.verify(
                    secret,
                    name -> ready.getRequestHeaders().getFirst(name),
                    Message.of(received),
                    System.currentTimeMillis() / 1000,
                    300);
            genuine.addAndGet(verdict == Verdict.GENUINE ? 1 : 0);
            ready.endExchange();
        });
        LoadRequest webhook = new LoadRequest("POST", "/webhooks/0", Map.of(), body, LoadRequest.Kind.SIGNED, secret);
        driven(kind, webhook, 2, receiver, (driver, server) -> {
            LoadResult result = driver.run(step(100, 300));
            assertThat(result.errors()).isZero();
            assertThat(genuine.get()).isEqualTo(result.sent());
            assertThat(ids).hasSize((int) result.sent());
        });
    }

    @Test
    void aDriverInAProcessOfItsOwnCountsTheSame() throws Exception {
        try (MeteredHttpServer server = new MeteredHttpServer(
                        "127.0.0.1", 0, new RoleThreads("test", "server"), exchange -> exchange.endExchange());
                DriverProcess driver =
                        new DriverProcess(LoadDriver.Kind.UNDERTOW, server.address(), POLL, 2, List.of())) {
            LoadResult result = driver.run(step(200, 500));
            assertThat(result.due()).isEqualTo(100);
            assertThat(result.response().count()).isEqualTo(100);
            assertThat(result.sent()).isEqualTo(server.totals().requests());
        }
    }

    @Test
    void everyRequestAfterTheWarmUpIsToldWithTheTimeAtWhichItWasDue() throws Exception {
        try (MeteredHttpServer server = new MeteredHttpServer(
                        "127.0.0.1", 0, new RoleThreads("test", "server"), exchange -> exchange.endExchange());
                DriverProcess driver =
                        new DriverProcess(LoadDriver.Kind.OKHTTP, server.address(), POLL, 3, List.of())) {
            LoadStep step = step(200, 500);
            TimedDurations responses = driver.run(step).times().responses();
            assertThat(responses.count()).isEqualTo(100);
            for (int number = 0; number < responses.count(); number++) {
                assertThat(responses.atNanos(number))
                        .isCloseTo(step.dueNanos(10 + number), org.assertj.core.api.Assertions.within(1_000L));
                assertThat(responses.nanos(number)).isPositive();
            }
        }
    }
}
