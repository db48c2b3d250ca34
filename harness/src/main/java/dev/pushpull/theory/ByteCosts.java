package dev.pushpull.theory;

import java.util.OptionalDouble;

/**
 * The bytes of an event, polled and pushed (docs/theory.md section 4). x is the load factor λT.
 *
 * @param request q: a poll's request
 * @param emptyReply e: an answer that brings nothing
 * @param pageOverhead h: an answer that brings something, without its events
 * @param perEvent s: an event in a page
 * @param webhook all bytes, both ways, that webhooks spend on an event, including every attempt
 */
public record ByteCosts(double request, double emptyReply, double pageOverhead, double perEvent, double webhook) {
    /**
     * The bytes of a polled event.
     *
     * @param wasted share of empty polls
     * @param requestsPerPoll including further pages
     */
    public double polled(double loadFactor, double wasted, double requestsPerPoll) {
        double answers = emptyReply * wasted + pageOverhead * (requestsPerPoll - wasted);
        return (request * requestsPerPoll + answers) / loadFactor + perEvent;
    }

    /** The bytes of a polled event under Poisson arrivals, with one page a poll. */
    public double polled(double loadFactor) {
        return polled(loadFactor, Math.exp(-loadFactor), 1);
    }

    /**
     * The load factor from which polling needs fewer bytes than webhooks, under Poisson arrivals with one page a poll:
     * A/K + W0(-(B/K) e^(-A/K)) with A = q+h, B = h-e, K = webhook - s. Empty when webhooks always need fewer.
     */
    public OptionalDouble crossover() {
        double a = request + pageOverhead;
        double b = pageOverhead - emptyReply;
        double k = webhook - perEvent;
        return k <= 0 ? OptionalDouble.empty() : OptionalDouble.of(a / k + LambertW.w0(-b / k * Math.exp(-a / k)));
    }

    /**
     * The bytes of an event of a copy that is polled whole, {@code state} bytes of it, when an unchanged copy is
     * answered 304.
     */
    public static double wholeState(
            double loadFactor, double wasted, double request, double notModified, double state) {
        return (request + wasted * notModified + (1 - wasted) * state) / loadFactor;
    }
}
