package dev.pushpull.theory;

/**
 * How long after it occurred a consumer holds an event that is pushed, perhaps, and that the next of its polls finds.
 * Times in seconds; NaN where there is no closed form.
 */
public interface BesidePolls {
    /** The delay without any wait: the leg of a push. */
    double leastPushed();

    /** Mean delay: the integral of P(no push yet) P(no poll yet). */
    double meanDelay();

    /** The delay that a share {@code p} of the events does not exceed. */
    double delayQuantile(double p);

    /** The formula of that beyond the leg of a push. */
    String quantileFormula();

    /** Whether each push arrives before the next poll, so that no poll ever finds anything. */
    boolean pushedFirst();

    /** Share of polls that bring nothing new to the consumer, Poisson arrivals. */
    double wasted(double rate);
}
