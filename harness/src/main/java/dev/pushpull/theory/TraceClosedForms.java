package dev.pushpull.theory;

/**
 * What a fixed poll interval finds in one given trace, exactly, averaged over a random phase: polls are ticks anywhere
 * in the run, and a tick at t brings the events in (t - T, t] (docs/theory.md section 2).
 */
public final class TraceClosedForms {
    private final double[] times;
    private final double horizon;

    /**
     * @param times seconds from the start of the run, in order
     * @param horizon seconds; later events are left out
     */
    public TraceClosedForms(double[] times, double horizon) {
        int count = 0;
        while (count < times.length && times[count] <= horizon) {
            count++;
        }
        this.times = java.util.Arrays.copyOf(times, count);
        this.horizon = horizon;
    }

    /** Events within the run. */
    public int events() {
        return times.length;
    }

    /** Expected number of polls within the run that bring at least this many events, which is 1 or more. */
    public double pollsWithAtLeast(int events, double interval) {
        double covered = 0;
        double until = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + events <= times.length; i++) { // ticks from the last of a group until T after its first
            double to = Math.min(times[i] + interval, horizon);
            covered += Math.max(0, to - Math.max(times[i + events - 1], until));
            until = to;
        }
        return covered / interval;
    }

    /** Expected number of events that this many newer ones displaced before a poll could see them. */
    public double lost(int retention, double interval) {
        double lost = 0;
        for (int i = 0; i + retention < times.length; i++) {
            lost += Math.max(0, 1 - (times[i + retention] - times[i]) / interval);
        }
        return lost;
    }
}
