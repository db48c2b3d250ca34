package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("timing")
class RoleWorkersTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static RoleWorkers<Integer> workers(String owner, int maxPerKey, int maxInAll) {
        return new RoleWorkers<>(new RoleThreads(owner, RoleThreads.CONSUMER), maxPerKey, maxInAll);
    }

    @Test
    void underLoadEveryWorkRunsOnceAndTheLimitsHold() throws Exception {
        int keys = 10;
        int works = 30_000;
        try (RoleWorkers<Integer> workers = workers("load", 2, 5)) {
            CountDownLatch all = new CountDownLatch(works);
            Map<Integer, AtomicInteger> byKey = new ConcurrentHashMap<>();
            AtomicInteger inAll = new AtomicInteger();
            AtomicBoolean exceeded = new AtomicBoolean();
            AtomicInteger ran = new AtomicInteger();
            List<Thread> submitters = new ArrayList<>();
            for (int submitter = 0; submitter < 3; submitter++) {
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < works / 3; i++) {
                        int key = i % keys;
                        workers.submit(key, () -> {
                            AtomicInteger underWay = byKey.computeIfAbsent(key, k -> new AtomicInteger());
                            if (underWay.incrementAndGet() > 2 || inAll.incrementAndGet() > 5) {
                                exceeded.set(true);
                            }
                            Thread.yield();
                            inAll.decrementAndGet();
                            underWay.decrementAndGet();
                            ran.incrementAndGet();
                            all.countDown();
                        });
                    }
                });
                thread.start();
                submitters.add(thread);
            }
            for (Thread thread : submitters) {
                thread.join();
            }
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(workers.stop(LONG_NANOS)).isTrue();
            assertThat(ran).hasValue(works);
            assertThat(exceeded).isFalse();
            assertThat(workers.underWay()).isZero();
            assertThat(workers.waiting()).isZero();
            assertThat(workers.held()).isBetween(1L, (long) works);
            assertThat(workers.mostWaiting()).isBetween(1, works);
        }
    }

    @Test
    void worksRunOnThreadsNamedAfterTheirRole() throws Exception {
        try (RoleWorkers<Integer> workers = workers("polling", 1, 1)) {
            CountDownLatch ran = new CountDownLatch(1);
            List<String> names = new ArrayList<>();
            workers.submit(1, () -> {
                names.add(Thread.currentThread().getName());
                ran.countDown();
            });
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(names).singleElement().asString().startsWith("polling:consumer:");
        }
    }

    @Test
    void aWorkThatThrowsLosesNoneOfThoseBehindIt() throws Exception {
        AtomicInteger reported = new AtomicInteger();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.incrementAndGet());
        try (RoleWorkers<Integer> workers = workers("throwing", 1, 2)) {
            int works = 100;
            CountDownLatch all = new CountDownLatch(works);
            for (int i = 0; i < works; i++) {
                workers.submit(i % 3, () -> {
                    all.countDown();
                    throw new IllegalStateException("on purpose");
                });
            }
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(workers.stop(LONG_NANOS)).isTrue();
            assertThat(reported).hasValue(works);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void stoppingWaitsForWhatIsUnderWayAndStartsNothingMore() throws Exception {
        try (RoleWorkers<Integer> workers = workers("stopping", 1, 1)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            AtomicInteger ended = new AtomicInteger();
            workers.submit(1, () -> {
                started.countDown();
                awaitUninterrupted(mayEnd);
                ended.incrementAndGet();
            });
            workers.submit(1, ended::incrementAndGet);
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(workers.stop(1_000_000)).isFalse(); // a millisecond is too short: the work waits for the test
            workers.submit(2, ended::incrementAndGet);
            mayEnd.countDown();
            assertThat(workers.stop(LONG_NANOS)).isTrue();
            assertThat(ended).hasValue(1);
            assertThat(workers.waiting()).isEqualTo(1);
        }
    }

    @Test
    void closingInterruptsWhatIsUnderWayAndStartsNothingMore() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger others = new AtomicInteger();
        RoleWorkers<Integer> workers = workers("closing", 1, 1);
        try {
            workers.submit(1, () -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            workers.submit(1, others::incrementAndGet);
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            workers.close();
        }
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(workers.stop(LONG_NANOS)).isTrue();
        workers.submit(2, others::incrementAndGet);
        assertThat(others).hasValue(0);
    }

    @Test
    void submittingWhileClosingNeverThrowsAndNeverLeavesAPlaceTaken() throws Exception {
        for (int round = 0; round < 300; round++) {
            RoleWorkers<Integer> workers = workers("racing", 4, 4);
            AtomicBoolean threw = new AtomicBoolean();
            CountDownLatch running = new CountDownLatch(1);
            Thread submitter = new Thread(() -> {
                try {
                    for (int i = 0; i < 50; i++) {
                        workers.submit(i, () -> {});
                        running.countDown();
                    }
                } catch (RuntimeException e) {
                    threw.set(true);
                }
            });
            submitter.start();
            running.await();
            workers.close();
            submitter.join();
            assertThat(threw).isFalse();
            assertThat(workers.stop(LONG_NANOS)).isTrue();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
