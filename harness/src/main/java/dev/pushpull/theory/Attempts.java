package dev.pushpull.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * The attempts at one webhook under its retry schedule (docs/theory.md sections 4 and 8). Attempt j comes {@code S_j =
 * w_0 (1 + J u_0) + ... + w_j (1 + J u_j)} after the event, the u independent and uniform in [0, 1]; an attempt itself
 * takes no time. A figure is NaN where jitter leaves no closed form.
 */
public final class Attempts {
    private static final int PANELS = 4096;

    private final double[] waits;
    private final double jitter;

    /**
     * @param waits seconds before each attempt, counted from the previous one (for the first, from the event)
     * @param jitter J, 0 to 1
     */
    public Attempts(double[] waits, double jitter) {
        this.waits = waits.clone();
        this.jitter = jitter;
    }

    /**
     * What happens to an event.
     *
     * @param attempts mean number of attempts
     * @param lost probability that all of them fail
     * @param meanDelay seconds from the event to the successful attempt, for delivered events
     */
    public record Course(double attempts, double lost, double meanDelay) {}

    /**
     * Attempts that fail independently with one probability, and certainly while the receiver is down. It is down for
     * exponential times, stationary at the event. Exact, including jitter: all that matters is the receiver's state at
     * each attempt, a chain of two states.
     *
     * @param failureRate probability that an attempt fails while the receiver is up
     * @param meanUp seconds; 0 for a receiver that is never down
     * @param meanDown seconds; 0 for a receiver that is never down
     */
    public Course course(double failureRate, double meanUp, double meanDown) {
        double change = meanUp > 0 && meanDown > 0 ? 1 / meanUp + 1 / meanDown : 0;
        double up = change == 0 ? 1 : meanUp / (meanUp + meanDown);
        double[] failed = {up, 1 - up}; // probability of having failed so far, by the receiver's state
        double[] elapsed = {0, 0}; // the mean of the time since the event, over the same
        double attempts = 0;
        double delay = 0;
        for (double wait : waits) {
            double kept = mean(wait, seconds -> Math.exp(-change * seconds));
            double keptSeconds = mean(wait, seconds -> seconds * Math.exp(-change * seconds));
            double seconds = mean(wait, length -> length);
            double[] later = moved(elapsed, up, 1, kept);
            double[] added = moved(failed, up, seconds, keptSeconds);
            failed = moved(failed, up, 1, kept);
            elapsed = new double[] {later[0] + added[0], later[1] + added[1]};
            attempts += failed[0] + failed[1];
            delay += elapsed[0] * (1 - failureRate);
            failed[0] *= failureRate;
            elapsed[0] *= failureRate;
        }
        double lost = failed[0] + failed[1];
        return new Course(attempts, lost, lost < 1 ? delay / (1 - lost) : Double.NaN);
    }

    /** A row vector over (up, down) times {@code all} Pi + {@code kept} (I - Pi), Pi the stationary matrix. */
    private static double[] moved(double[] state, double up, double all, double kept) {
        double sum = state[0] + state[1];
        return new double[] {sum * up * (all - kept) + state[0] * kept, sum * (1 - up) * (all - kept) + state[1] * kept
        };
    }

    /**
     * What an outage does to an event at a random moment within it; nothing else fails.
     *
     * @param outage D, seconds
     */
    public Course duringOutage(double outage) {
        int last = waits.length - 1;
        double attempts = 1;
        double delay = 0;
        for (int j = 0; j <= last; j++) {
            attempts += j < last ? before(j, outage) / outage : 0;
            delay += delayOf(j, outage);
        }
        double lost = before(last, outage) / outage;
        return new Course(attempts, lost, lost < 1 ? delay / (outage * (1 - lost)) : Double.NaN);
    }

    /** E[(D - S_j)+]. */
    private double before(int j, double outage) {
        return most(j) <= outage ? outage - meanTime(j) : expected(j, time -> Math.max(0, outage - time), outage);
    }

    /** The mean of S_j over the part of the outage whose events it delivers: E[S_j (min(S_j, D) - min(S_(j-1), D))]. */
    private double delayOf(int j, double outage) {
        double sooner = j == 0 ? 0 : meanTime(j - 1);
        double wait = mean(waits[j], seconds -> seconds);
        if (most(j) <= outage) {
            return sooner * wait + mean(waits[j], seconds -> seconds * seconds);
        }
        if (j > 0 && least(j - 1) >= outage) {
            return 0;
        }
        if (least(j) >= outage && (j == 0 || most(j - 1) <= outage)) {
            double square = j == 0 ? 0 : variance(j - 1) + sooner * sooner;
            return sooner * outage - square + wait * (outage - sooner);
        }
        return Double.NaN;
    }

    /**
     * The delay that a share {@code p} of the delivered events does not exceed when attempts fail independently; NaN
     * when jitter spreads the attempt on which it falls.
     */
    public double delayQuantile(double failureRate, double p) {
        double wanted = p * (1 - Math.pow(failureRate, waits.length));
        for (int j = 0; j < waits.length; j++) {
            if (1 - Math.pow(failureRate, j + 1) >= wanted) {
                return least(j) == most(j) ? least(j) : Double.NaN;
            }
        }
        return Double.NaN;
    }

    /** The most attempts at an event. */
    public int count() {
        return waits.length;
    }

    /** The earliest time of attempt {@code j}, in seconds after the event. */
    public double least(int j) {
        double sum = 0;
        for (int i = 0; i <= j; i++) {
            sum += waits[i];
        }
        return sum;
    }

    /** The latest time. */
    double most(int j) {
        return least(j) * (1 + jitter);
    }

    private double meanTime(int j) {
        return least(j) * (1 + jitter / 2);
    }

    private double variance(int j) {
        double sum = 0;
        for (int i = 0; i <= j; i++) {
            sum += waits[i] * waits[i] * jitter * jitter / 12;
        }
        return sum;
    }

    /**
     * The mean of a function of S_j that is constant from some time on; NaN when S_j is a sum of several random waits
     * that fall before that time.
     */
    public double expected(int j, DoubleUnaryOperator value, double constantFrom) {
        if (least(j) == most(j)) {
            return value.applyAsDouble(least(j));
        }
        if (least(j) >= constantFrom) {
            return value.applyAsDouble(constantFrom);
        }
        int random = 0;
        for (int i = 0; i <= j; i++) {
            random += waits[i] > 0 ? 1 : 0;
        }
        return random == 1 ? mean(least(j), value) : Double.NaN;
    }

    /** The mean of a function of one wait (Simpson's rule over its jitter). */
    private double mean(double wait, DoubleUnaryOperator value) {
        double width = wait * jitter;
        if (width == 0) {
            return value.applyAsDouble(wait);
        }
        double sum = value.applyAsDouble(wait) + value.applyAsDouble(wait + width);
        for (int i = 1; i < PANELS; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * value.applyAsDouble(wait + width * i / PANELS);
        }
        return sum / (3.0 * PANELS);
    }
}
