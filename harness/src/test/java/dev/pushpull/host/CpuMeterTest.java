package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("timing")
class CpuMeterTest {
    private static final long BURNT_NANOS = 100_000_000;

    private final CountDownLatch over = new CountDownLatch(1);

    /** Uses this much CPU, then lives on. */
    private Thread start(RoleThreads threads, long burnNanos) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = threads.newThread(() -> {
            var cpu = ManagementFactory.getThreadMXBean();
            long end = cpu.getCurrentThreadCpuTime() + burnNanos;
            while (cpu.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
            done.countDown();
            await(over);
        });
        thread.start();
        done.await();
        return thread;
    }

    @Test
    void cpuIsBookedToTheRoleThatBurntIt() throws Exception {
        RoleThreads consumer = new RoleThreads("cpu-test", RoleThreads.CONSUMER);
        RoleThreads provider = new RoleThreads("cpu-test", RoleThreads.PROVIDER);
        try {
            start(provider, BURNT_NANOS); // before the meter is made: must not count
            CpuMeter meter = new CpuMeter();
            start(consumer, BURNT_NANOS);
            start(consumer, BURNT_NANOS);
            Map<String, Double> millis = meter.millisByRole();

            double burntMillis = 2 * BURNT_NANOS / 1e6;
            assertThat(millis.get("cpu-test:consumer")).isBetween(burntMillis, 1.5 * burntMillis);
            assertThat(millis.get("cpu-test:provider")).isBetween(0.0, 0.2 * burntMillis);
            assertThat(millis).containsKey("other");
        } finally {
            over.countDown();
        }
    }

    @Test
    void rolesOfTwoOwnersAreKeptApart() throws Exception {
        RoleThreads polling = new RoleThreads("cpu-polling", RoleThreads.CONSUMER);
        RoleThreads webhook = new RoleThreads("cpu-webhook", RoleThreads.CONSUMER);
        try {
            CpuMeter meter = new CpuMeter();
            start(polling, BURNT_NANOS);
            start(webhook, 0);
            Map<String, Double> millis = meter.millisByRole();
            assertThat(millis.get("cpu-polling:consumer")).isGreaterThanOrEqualTo(BURNT_NANOS / 1e6);
            assertThat(millis.get("cpu-webhook:consumer")).isLessThan(0.5 * BURNT_NANOS / 1e6);
        } finally {
            over.countDown();
        }
    }

    @Test
    void aThreadThatEndsLeavesItsCpuToItsRole() throws Exception {
        RoleThreads role = new RoleThreads("cpu-ended", RoleThreads.CONSUMER);
        Thread before = start(role, BURNT_NANOS);
        CpuMeter meter = new CpuMeter();
        Thread during = start(role, BURNT_NANOS);
        over.countDown();
        before.join();
        during.join();

        double burntMillis = BURNT_NANOS / 1e6;
        assertThat(meter.millisByRole().get("cpu-ended:consumer")).isBetween(burntMillis, 1.5 * burntMillis);
        assertThat(new CpuMeter().millisByRole()).doesNotContainKey("cpu-ended:consumer");
    }

    @Test
    void aThreadOfOthersThatEndsTakesNothingFromItsRole() throws Exception {
        RoleThreads role = new RoleThreads("cpu-others", RoleThreads.CONSUMER);
        CountDownLatch burnt = new CountDownLatch(1);
        Thread server = new Thread(
                () -> {
                    long end = CpuMeter.ofThisThreadNanos() + BURNT_NANOS;
                    while (CpuMeter.ofThisThreadNanos() < end) {
                        Thread.onSpinWait();
                    }
                    burnt.countDown();
                    await(over);
                },
                role.prefix() + "io");
        server.start();
        burnt.await();
        CpuMeter meter = new CpuMeter();
        start(role, BURNT_NANOS);
        over.countDown();
        server.join();

        double burntMillis = BURNT_NANOS / 1e6;
        assertThat(meter.millisByRole().get("cpu-others:consumer")).isBetween(burntMillis, 1.5 * burntMillis);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
