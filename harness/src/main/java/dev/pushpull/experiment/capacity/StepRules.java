package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Slo;

/**
 * Decides whether a step was sustained, or whether the driver itself failed. The driver's lateness is the delay it adds
 * to a request that is due and has a connection. Waiting for a connection is the server's doing. The driver fell behind
 *
 * <ul>
 *   <li>when it sent more than one request in a hundred later than a tenth of the bound (and more than half a
 *       millisecond late, which a timer alone can cause), or its I/O thread took longer than that to react;
 *   <li>when its I/O thread was never idle, because answers then wait for it unseen;
 *   <li>when driver and server together used all the CPU there is, and the driver used more of it.
 * </ul>
 *
 * @param cores number of cores
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
