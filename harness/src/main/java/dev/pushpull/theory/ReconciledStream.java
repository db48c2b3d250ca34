package dev.pushpull.theory;

/**
 * A held connection that is away for a constant time D now and then, and a poll at a fixed interval with a random phase
 * that finds what waits for the connection to return, or what is lost (docs/theory.md section 14). Times in seconds.
 *
 * @param cycle its gaps are constant
 * @param replayed whether events of a gap come with the next connection; otherwise they never do
 * @param constantUp whether lives are constant, too, and do not depend on the events
 * @param interval R between polls
 * @param pollLeg v: from a poll's look until the consumer holds what it found
 * @param pushLeg d: from an event until the consumer holds it over the connection
 */
public record ReconciledStream(
        StreamCycle cycle, boolean replayed, boolean constantUp, double interval, double pollLeg, double pushLeg)
        implements BesidePolls {
    private static final int HALVINGS = 200;

    @Override
    public double leastPushed() {
        return pushLeg;
    }

    private double later() {
        return pushLeg - pollLeg;
    }

    private double gap() {
        return cycle.meanDown();
    }

    /** P(no push within a time). */
    private double unpushed(double seconds) {
        if (seconds < pushLeg) {
            return 1;
        }
        double waits = replayed ? Math.max(0, 1 - (seconds - pushLeg) / gap()) : 1;
        return gap() == 0 ? 0 : cycle.shareDown() * waits;
    }

    /** P(no poll within a time). */
    private double unpolled(double seconds) {
        return Math.min(1, Math.max(0, 1 - (seconds - pollLeg) / interval));
    }

    /** Both factors are straight lines between these times, so Simpson's rule is exact. */
    @Override
    public double meanDelay() {
        double[] ends = {0, pushLeg, pushLeg + gap(), pollLeg, pollLeg + interval};
        java.util.Arrays.sort(ends);
        double sum = 0;
        for (int i = 1; i < ends.length; i++) {
            double middle = (ends[i - 1] + ends[i]) / 2;
            double left = Math.nextUp(ends[i - 1]); // the chance of no push jumps at its leg
            double right = Math.nextDown(ends[i]);
            sum += ends[i] > ends[i - 1]
                    ? (ends[i] - ends[i - 1]) / 6 * (both(left) + 4 * both(middle) + both(right))
                    : 0;
        }
        return sum;
    }

    private double both(double seconds) {
        return unpushed(seconds) * unpolled(seconds);
    }

    @Override
    public double delayQuantile(double p) {
        if (unpolled(pushLeg) > 1 - p && both(pushLeg) <= 1 - p) {
            return pushLeg; // there the chance of no push jumps
        }
        double low = 0;
        double high = pollLeg + interval;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = low + (high - low) / 2;
            if (both(middle) > 1 - p) {
                low = middle;
            } else if (high == middle) {
                break;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Override
    public String quantileFormula() {
        return "P(no push) P(no poll) = 1-p";
    }

    @Override
    public boolean pushedFirst() {
        return gap() == 0 && later() <= 0;
    }

    @Override
    public double wasted(double rate) {
        return replayed ? wastedReplayed(rate) : constantUp ? wastedLost(rate) : Double.NaN;
    }

    /**
     * What a poll can find occurred within the gap that it falls into, and the last d - v before it: with x since the
     * gap began, uniform over D, a time of min(R, (x + d - v)+).
     */
    private double wastedReplayed(double rate) {
        double nothing = Math.min(interval, Math.max(0, later()));
        double from = Math.min(gap(), Math.max(0, -later()));
        double to = Math.min(gap(), Math.max(from, interval - later()));
        double within = from
                + (Math.exp(-rate * (from + later())) - Math.exp(-rate * (to + later()))) / rate
                + (gap() - to) * Math.exp(-rate * interval);
        double down = cycle.shareDown();
        return (1 - down) * Math.exp(-rate * nothing) + (gap() == 0 ? 0 : down * within / gap());
    }

    /** What a poll can find occurred in gaps within R before it; that time is piecewise linear in the poll's place. */
    private double wastedLost(double rate) {
        double recent = Math.min(interval, Math.max(0, later()));
        double window = interval - recent;
        double length = cycle.meanCycle();
        double whole = Math.floor(window / length);
        double rest = window - whole * length;
        double most = Math.min(rest, gap());
        double least = Math.max(0, rest + gap() - length);
        double atMost = Math.abs(rest - gap());
        double atLeast = length - 2 * (most - least) - atMost;
        double share = atMost * Math.exp(-rate * most)
                + atLeast * Math.exp(-rate * least)
                + 2 * (Math.exp(-rate * least) - Math.exp(-rate * most)) / rate;
        return Math.exp(-rate * (recent + whole * gap())) * share / length;
    }
}
