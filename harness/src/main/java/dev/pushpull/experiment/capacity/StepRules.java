package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Slo;

/**
 * When a step is sustained, and when it is the driver that failed. The driver's lateness is what it adds of its own to a
 * request that is due and has a connection, not the waiting for one, which is the server's. It fell behind
 *
 * <ul>
 *   <li>when more than one request of a hundred was sent later than a tenth of the bound (and than half a millisecond,
 *       which is a timer's own doing), or its I/O thread took longer than that to turn to what it was asked;
 *   <li>when its I/O thread was never idle, since then answers wait for it, unseen;
 *   <li>when driver and server together had all the CPU there is, and the driver had more of it.
 * </ul>
 *
 * @param cores there are
 */
record StepRules(Slo slo, int cores) {
    private static final double LATE_SHARE_OF_BOUND = 0.1;
    private static final double TIMERS_NANOS = 500_000;
    private static final double NEVER_IDLE = 0.95;
    private static final double ACHIEVED = 0.99;

    Judgement judge(LoadStep step, LoadResult result, long serverCpuNanos) {
        if (driverLate(step, result, serverCpuNanos)) {
            return Judgement.DRIVER_LATE;
        }
        boolean held = slo.heldBy(result.response())
                && result.errors() == 0
                && result.achievedPerSecond() >= ACHIEVED * step.ratePerSecond();
        return held ? Judgement.SUSTAINED : Judgement.EXCEEDED;
    }

    private boolean driverLate(LoadStep step, LoadResult result, long serverCpuNanos) {
        boolean full = result.cpuNanos() + serverCpuNanos >= NEVER_IDLE * cores * step.measuredNanos();
        return late(result.late())
                || late(result.lag())
                || result.busiestShare() >= NEVER_IDLE
                || full && result.cpuNanos() > serverCpuNanos;
    }

    private boolean late(Distribution lateness) {
        return lateness.count() > 0
                && lateness.valueAt(0.99) > Math.max(TIMERS_NANOS, LATE_SHARE_OF_BOUND * slo.boundNanos());
    }
}
