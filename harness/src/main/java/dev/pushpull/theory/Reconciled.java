package dev.pushpull.theory;

/**
 * Webhooks whose attempts fail independently, and a poll at a fixed interval with a random phase that finds what has
 * not arrived; an event is held as soon as either brings it. Marks on a stationary stream (docs/theory.md section 8).
 * Times in seconds; NaN where the retries' jitter leaves no closed form.
 *
 * @param failureRate probability f that an attempt fails
 * @param interval R between polls
 * @param pollLeg v: from a poll's look until the consumer holds what it found
 * @param webhookLeg d: from an attempt until the consumer holds the webhook
 */
public record Reconciled(Attempts attempts, double failureRate, double interval, double pollLeg, double webhookLeg)
        implements BesidePolls {
    /** Mean time within the interval before a poll during which an event's webhook would come too late. */
    public double exposure() {
        double late = webhookLeg - pollLeg;
        return sum(time -> Math.min(interval, Math.max(0, time + late)), interval - late, interval);
    }

    @Override
    public double leastPushed() {
        return webhookLeg + attempts.least(0);
    }

    @Override
    public boolean pushedFirst() {
        return exposure() == 0;
    }

    /** e^(-λ exposure). */
    @Override
    public double wasted(double rate) {
        return Math.exp(-rate * exposure());
    }

    @Override
    public double meanDelay() {
        double longest = pollLeg + interval;
        return sum(
                time -> unpolled(Math.min(time + webhookLeg, longest)), longest - webhookLeg, pollLeg + interval / 2);
    }

    /** The integral of P(no poll yet) up to a time: 1 up to v, then falling to 0 at v + R. */
    private double unpolled(double seconds) {
        double beyond = Math.max(0, seconds - pollLeg);
        return seconds - beyond * beyond / (2 * interval);
    }

    /** The sum over j of f^j (F(S_j) - F(S_(j-1))), F(S_-1) = 0 and F(infinity) = {@code end}. */
    private double sum(java.util.function.DoubleUnaryOperator integral, double constantFrom, double end) {
        double sum = 0;
        double before = 0;
        double failed = 1;
        for (int j = 0; j < attempts.count() && failed != 0; j++) {
            double reached = attempts.expected(j, integral, Math.max(0, constantFrom));
            sum += failed == 0 ? 0 : failed * (reached - before);
            before = reached;
            failed *= failureRate;
        }
        return sum + (failed == 0 ? 0 : failed * (end - before));
    }

    /** NaN beyond the first retry. */
    @Override
    public double delayQuantile(double p) {
        double first = attempts.least(0) + webhookLeg;
        if (attempts.least(0) < attempts.most(0)) {
            return Double.NaN;
        }
        double byPollAlone = pollLeg + p * interval;
        if (byPollAlone < first) {
            return byPollAlone;
        }
        if (failureRate * notPolled(first) <= 1 - p) {
            return first;
        }
        double found = pollLeg + interval * (1 - (1 - p) / failureRate);
        return attempts.count() == 1 || found <= attempts.least(1) + webhookLeg ? found : Double.NaN;
    }

    @Override
    public String quantileFormula() {
        return "v + R (1 - (1-p)/f)";
    }

    private double notPolled(double seconds) {
        return Math.min(1, Math.max(0, 1 - (seconds - pollLeg) / interval));
    }
}
