package dev.pushpull.advice;

/**
 * The endpoints to which a provider sends, besides the good ones.
 *
 * @param slowShare share of them that answer slowly
 * @param slowAnswerNanos so slowly
 * @param deadShare share of them to which no connection can be opened
 */
public record Endpoints(double slowShare, long slowAnswerNanos, double deadShare) {
    /** All are good. */
    public static final Endpoints GOOD = new Endpoints(0, 0, 0);
}
