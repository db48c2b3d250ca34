package dev.pushpull.load;

import dev.pushpull.measure.LatencyHistogram;

/** Counts the results of a step's requests. Not thread-safe. */
final class Tally {
    private static final long MOST_KEPT = 2_000_000;
    private static final int FEW = 1024;

    private final LoadStep step;
    private final LatencyHistogram response = new LatencyHistogram();
    private final LatencyHistogram service = new LatencyHistogram();
    private final LatencyHistogram late = new LatencyHistogram();
    private final LatencyHistogram lag = new LatencyHistogram();
    private final TimedDurations.Recorder responses;
    private final TimedDurations.Recorder lateOnes;
    private final TimedDurations.Recorder lagging;
    /** Of so many responses one is kept with its time. */
    private final long oneOf;

    private long responded;
    private long answered;
    private long failed;
    private long unanswered;
    private long completed;

    /** @param parts of the step's requests there are, of which this counts one */
    Tally(LoadStep step, int parts) {
        this.step = step;
        long expected = step.openLoop() ? step.counted() : 0;
        this.oneOf = 1 + expected / MOST_KEPT;
        this.responses = new TimedDurations.Recorder(step.fromNanos(), (int) (expected / oneOf / parts) + 1);
        this.lateOnes = new TimedDurations.Recorder(step.fromNanos(), FEW);
        this.lagging = new TimedDurations.Recorder(step.fromNanos(), FEW);
    }

    /**
     * A request was sent.
     *
     * @param freeNanos when its connection was free for it
     */
    void sent(long dueNanos, long freeNanos, long sentNanos) {
        if (step.measures(dueNanos)) {
            long ready = Math.max(dueNanos, freeNanos);
            late.record(sentNanos - ready);
            keep(lateOnes, ready, sentNanos);
        }
    }

    /** Its whole answer has arrived. */
    void answered(long dueNanos, long sentNanos, long nowNanos) {
        if (step.measures(nowNanos)) {
            completed++;
        }
        if (step.measures(dueNanos)) {
            answered++;
            responded(dueNanos, nowNanos - dueNanos);
            service.record(nowNanos - sentNanos);
        }
    }

    /** It was answered with an error, or its connection broke. */
    void failed(long dueNanos) {
        if (step.measures(dueNanos)) {
            failed++;
        }
    }

    /** Nobody waits for its answer any longer. */
    void unanswered(long dueNanos, long nowNanos) {
        if (step.measures(dueNanos)) {
            unanswered++;
            responded(dueNanos, Math.max(0, nowNanos - dueNanos));
        }
    }

    private void responded(long dueNanos, long nanos) {
        response.record(nanos);
        if (step.openLoop() && responded++ % oneOf == 0) {
            responses.add(dueNanos, nanos);
        }
    }

    /** The I/O thread turned to what it was asked. */
    void turned(long askedNanos, long nowNanos) {
        if (step.measures(askedNanos)) {
            lag.record(nowNanos - askedNanos);
            keep(lagging, askedNanos, nowNanos);
        }
    }

    private void keep(TimedDurations.Recorder those, long fromNanos, long untilNanos) {
        if (step.openLoop() && untilNanos - fromNanos >= LoadResult.TIMERS_NANOS) {
            those.add(fromNanos, untilNanos - fromNanos);
        }
    }

    /** This many expected events did not arrive; may be negative. */
    void neverArrived(long count, long nowNanos) {
        for (long one = 0; one < count; one++) { // of the times when they were due, only the last is certain
            unanswered(step.untilNanos() - 1, nowNanos);
        }
    }

    /** Counted requests that were answered properly. */
    long answered() {
        return answered;
    }

    /** @param sent requests since the driver started */
    LoadResult result(long sent, CpuWindow.Reading cpu) {
        return new LoadResult(
                answered + failed + unanswered,
                answered,
                failed,
                unanswered,
                completed,
                sent,
                step.measuredNanos() / 1e9,
                response.distribution(),
                service.distribution(),
                late.distribution(),
                lag.distribution(),
                cpu.processNanos(),
                (double) cpu.threadNanos() / step.measuredNanos(),
                new LoadResult.Times(responses.durations(), lateOnes.durations(), lagging.durations()));
    }

    /** The sum of both. */
    static LoadResult merged(LoadResult one, LoadResult other) {
        return new LoadResult(
                one.due() + other.due(),
                one.answered() + other.answered(),
                one.failed() + other.failed(),
                one.unanswered() + other.unanswered(),
                one.completed() + other.completed(),
                Math.max(one.sent(), other.sent()),
                one.seconds(),
                one.response().plus(other.response()),
                one.service().plus(other.service()),
                one.late().plus(other.late()),
                one.lag().plus(other.lag()),
                one.cpuNanos(),
                one.busiestShare(),
                one.times().plus(other.times()));
    }
}
