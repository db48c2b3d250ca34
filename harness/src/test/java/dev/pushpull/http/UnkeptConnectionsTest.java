package dev.pushpull.http;

import static dev.pushpull.http.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Scenario.Wire;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Dns;
import okhttp3.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that opens a connection for each request. */
@Tag("live")
class UnkeptConnectionsTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    @Test
    void whileItWaitsForAnAnswerNoThreadOfItIsBusy() throws Exception {
        AtomicLong used = new AtomicLong();
        Duration patience = Duration.ofSeconds(30);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    long before = cpuNanosOfOkHttp();
                    long ownNanos = THREADS.getCurrentThreadCpuTime();
                    while (THREADS.getCurrentThreadCpuTime() - ownNanos < BUSY_NANOS) {
                        Thread.onSpinWait(); // this thread is busy: the measure of those that should not be
                    }
                    used.set(cpuNanosOfOkHttp() - before);
                    reply(out, "200 OK", "", "");
                });
                MeteredHttpClient client = new MeteredHttpClient(
                        patience, patience, 1, Dns.SYSTEM, Transport.over(new Wire(false, 0, 0)))) {
            for (int exchange = 1; exchange <= 2; exchange++) {
                assertThat(client.execute(new Request.Builder()
                                        .url(server.url("/"))
                                        .build())
                                .successful())
                        .isTrue();
                assertThat(used.get()).isLessThan(BUSY_NANOS / 4);
                assertThat(server.connections()).isEqualTo(exchange);
            }
        }
    }

    private static long cpuNanosOfOkHttp() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("OkHttp"))
                .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }
}
