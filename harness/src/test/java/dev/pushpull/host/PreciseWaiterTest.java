package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("timing")
class PreciseWaiterTest {
    @Test
    void itNeverReturnsEarlyWhetherItSpinsOrParks() {
        PreciseWaiter waiter = new PreciseWaiter(NanoClock.SYSTEM);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            // often within the last stretch, so that its share of spinning is used up and it must park as well
            long deadline = System.nanoTime() + random.nextLong(random.nextBoolean() ? 100_000 : 1_000_000);
            waiter.awaitUntil(deadline);
            assertThat(System.nanoTime() - deadline).isNotNegative();
        }
    }

    @Test
    void aDeadlineInThePastIsOverAtOnce() {
        AtomicLong readings = new AtomicLong();
        PreciseWaiter waiter = new PreciseWaiter(() -> readings.incrementAndGet());
        waiter.awaitUntil(-5);
        waiter.awaitUntil(0);
        assertThat(readings.get()).isLessThanOrEqualTo(3); // one reading of the clock per call
    }

    @Test
    void itGoesByTheClockItWasGiven() {
        long step = 50_000;
        AtomicLong now = new AtomicLong();
        PreciseWaiter waiter = new PreciseWaiter(() -> now.getAndAdd(step));
        for (long deadline : new long[] {1_000_000, 1_000_001, 5_000_000}) {
            waiter.awaitUntil(deadline);
            assertThat(now.get() - step).isBetween(deadline, deadline + 2 * step);
        }
    }

    @Test
    void wakingUpTooEarlyDoesNotEndTheWait() throws Exception {
        PreciseWaiter waiter = new PreciseWaiter(NanoClock.SYSTEM);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        AtomicLong returned = new AtomicLong();
        Thread thread = new Thread(() -> {
            waiter.awaitUntil(deadline);
            returned.set(System.nanoTime());
        });
        thread.start();
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            thread.join(1);
        }
        assertThat(returned.get() - deadline).isNotNegative();
    }

    @Test
    void anInterruptionEndsTheWaitAndStaysSet() throws Exception {
        PreciseWaiter waiter = new PreciseWaiter(NanoClock.SYSTEM);
        AtomicLong stillInterrupted = new AtomicLong(-1);
        Thread thread = new Thread(() -> {
            waiter.awaitUntil(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
            stillInterrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
        });
        thread.start();
        thread.interrupt();
        thread.join();
        assertThat(stillInterrupted).hasValue(1);
    }
}
