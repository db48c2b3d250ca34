package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.host.Spans;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.load.TimedDurations;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Slo;
import java.util.Arrays;

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
 * Where stalls of the machine are given, all of this is asked of what remains without them.
 *
 * @param cores number of cores
 */
record StepRules(Slo slo, int cores) {
    private static final double LATE_SHARE_OF_BOUND = 0.1;
    private static final double MOST_LATE = 0.01;
    private static final double NEVER_IDLE = 0.95;
    private static final double ACHIEVED = 0.99;

    /** With all that happened. */
    Judgement judge(LoadStep step, LoadResult result, long serverCpuNanos) {
        return judge(step, result, serverCpuNanos, Spans.NONE);
    }

    /** With the machine's stalls deducted. */
    Judgement judge(LoadStep step, LoadResult result, long serverCpuNanos, Spans stalls) {
        double left = 1 - (double) stalls.within(step.fromNanos(), step.untilNanos()) / step.measuredNanos();
        boolean full = result.cpuNanos() + serverCpuNanos >= NEVER_IDLE * cores * step.measuredNanos() * left;
        if (late(result.late(), result.times().late(), stalls)
                || late(result.lag(), result.times().lag(), stalls)
                || result.busiestShare() >= NEVER_IDLE * left
                || full && result.cpuNanos() > serverCpuNanos) {
            return Judgement.DRIVER_LATE;
        }
        boolean held = held(step, result, stalls)
                && result.errors() == 0
                && result.achievedPerSecond() >= ACHIEVED * step.ratePerSecond() * left;
        return held ? Judgement.SUSTAINED : Judgement.EXCEEDED;
    }

    private boolean late(Distribution all, TimedDurations late, Spans stalls) {
        double limit = Math.max(LoadResult.TIMERS_NANOS, LATE_SHARE_OF_BOUND * slo.boundNanos());
        if (all.count() == 0 || stalls.isEmpty()) {
            return all.count() > 0 && all.valueAt(1 - MOST_LATE) > limit;
        }
        return above(StallDeduction.remainingNanos(late, stalls), limit) > MOST_LATE * all.count();
    }

    private boolean held(LoadStep step, LoadResult result, Spans stalls) {
        if (stalls.isEmpty()) {
            return slo.heldBy(result.response());
        }
        long[] quiet =
                StallDeduction.quietNanos(step.startNanos(), result.times().responses(), stalls);
        return result.response().count() >= slo.samplesNeeded()
                && quiet.length - above(quiet, slo.boundNanos() - 1.0) >= slo.quantile() * quiet.length;
    }

    private static long above(long[] nanos, double limit) {
        return Arrays.stream(nanos).filter(one -> one > limit).count();
    }
}
