package dev.pushpull.measure;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RoleWorkersTest {
    private static final RoleThreads THREADS = new RoleThreads("test", RoleThreads.HARNESS);

    @Test
    void workThatThrowsIsReportedAndCostsTheNextInLineNothing() {
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        List<Integer> done = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.add(e));
        try (RoleWorkers<String> workers = new RoleWorkers<>(THREADS, 1, 1)) {
            for (int i = 0; i < 10; i++) {
                int number = i;
                workers.submit("key", () -> {
                    if (number % 2 == 0) {
                        throw new IllegalStateException("defect " + number);
                    }
                    done.add(number);
                });
            }
            eventually("all have had their turn", () -> workers.underWay() == 0 && workers.waiting() == 0);
            assertThat(done).containsExactly(1, 3, 5, 7, 9);
            assertThat(reported).hasSize(5);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void stoppingWaitsForWhatIsUnderWayAndStartsNothingThatWaits() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Integer> done = new CopyOnWriteArrayList<>();
        try (RoleWorkers<String> workers = new RoleWorkers<>(THREADS, 1, 1)) {
            workers.submit("key", () -> {
                awaitUninterruptibly(mayEnd);
                done.add(1);
            });
            workers.submit("key", () -> done.add(2));
            assertThat(workers.stop(TimeUnit.MILLISECONDS.toNanos(20)))
                    .as("it is still under way")
                    .isFalse();

            mayEnd.countDown();
            assertThat(workers.stop(TimeUnit.SECONDS.toNanos(20))).isTrue();
            workers.submit("key", () -> done.add(3));
            assertThat(done).containsExactly(1);
            assertThat(workers.underWay()).isZero();
            assertThat(workers.held()).isEqualTo(1);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
