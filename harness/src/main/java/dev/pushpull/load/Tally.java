package dev.pushpull.load;

import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;

/** Counts the results of a step's requests. Not thread-safe. */
final class Tally {
    private final LoadStep step;
    private final LatencyHistogram response = new LatencyHistogram();
    private final LatencyHistogram service = new LatencyHistogram();
    private final LatencyHistogram late = new LatencyHistogram();
    private long answered;
    private long failed;
    private long unanswered;
    private long completed;

    Tally(LoadStep step) {
        this.step = step;
    }

    /**
     * A request was sent.
     *
     * @param freeNanos when its connection was free for it
     */
    void sent(long dueNanos, long freeNanos, long sentNanos) {
        if (step.measures(dueNanos)) {
            late.record(sentNanos - Math.max(dueNanos, freeNanos));
        }
    }

    /** Its whole answer has arrived. */
    void answered(long dueNanos, long sentNanos, long nowNanos) {
        if (step.measures(nowNanos)) {
            completed++;
        }
        if (step.measures(dueNanos)) {
            answered++;
            response.record(nowNanos - dueNanos);
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
            response.record(Math.max(0, nowNanos - dueNanos));
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
    LoadResult result(long sent, Distribution lag, CpuWindow.Reading cpu) {
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
                lag,
                cpu.processNanos(),
                (double) cpu.threadNanos() / step.measuredNanos());
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
                one.busiestShare());
    }
}
