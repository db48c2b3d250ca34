package dev.pushpull.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CpuWindowTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final LoadStep STEP = new LoadStep(1_000, 100, 0, 200_000_000);

    /** Kernels count a process's CPU by ticks of ten milliseconds. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Keeps this thread busy until it has used so much CPU, however long that takes. */
    static void useCpu(long nanos) {
        long until = THREADS.getCurrentThreadCpuTime() + nanos;
        while (THREADS.getCurrentThreadCpuTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsUsedBetweenBothMomentsIsCountedForTheProcessAndTheThread() {
        CpuWindow window = new CpuWindow(STEP, Thread.currentThread().getId());
        assertThat(window.nextNanos()).isEqualTo(STEP.fromNanos());
        window.at(STEP.fromNanos());
        assertThat(window.nextNanos()).isEqualTo(STEP.untilNanos());
        useCpu(4 * TICK_NANOS);
        window.at(STEP.untilNanos());
        assertThat(window.taken().threadNanos()).isGreaterThanOrEqualTo(4 * TICK_NANOS);
        assertThat(window.taken().processNanos()).isGreaterThanOrEqualTo(2 * TICK_NANOS);
    }

    @Test
    void whatIsUsedAfterItsEndIsNotCounted() {
        CpuWindow window = new CpuWindow(STEP, Thread.currentThread().getId());
        window.at(STEP.fromNanos());
        window.at(STEP.untilNanos());
        CpuWindow.Reading taken = window.taken();
        useCpu(4 * TICK_NANOS);
        window.at(STEP.untilNanos() + 1);
        assertThat(window.taken()).isEqualTo(taken);
    }

    @Test
    void withoutAThreadNoneIsCounted() {
        CpuWindow window = new CpuWindow(STEP, CpuWindow.NO_THREAD);
        window.at(STEP.fromNanos());
        useCpu(TICK_NANOS);
        window.at(STEP.untilNanos());
        assertThat(window.taken().threadNanos()).isZero();
    }
}
