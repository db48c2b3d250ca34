package dev.pushpull.theory;

/**
 * How often an exchange finds no open connection when a client keeps an idle one for a while (docs/theory.md section
 * 13). Times in seconds.
 *
 * @param kept how long an idle connection is kept; 0 for not at all
 * @param exchange how long one over an open connection takes
 * @param setUp how much longer over a new one
 */
public record KeptConnections(double kept, double exchange, double setUp) {
    /** This share of exchanges may be neglected. */
    private static final double NEGLIGIBLE = 0.01;

    /**
     * For exchanges that begin once in each period and end within it: 1 when the connection is closed every time; 0
     * when it never is; a half when an exchange over a new connection ends so late that the next still finds it open,
     * and the one after that does not.
     */
    public double shareOfPeriod(double period) {
        if (kept == 0 || period - exchange - setUp > kept) {
            return 1;
        }
        return period - exchange > kept ? 0.5 : 0;
    }

    /**
     * For exchanges that begin at the events of a Poisson process: an exchange opens a connection when the previous one
     * began so long ago that its connection was closed, or so recently that it is still in use. This ignores that of
     * several connections, opened by overlapping exchanges, a second may be idle; NaN where that affects more than one
     * exchange in a hundred.
     */
    public double shareOfPoisson(double rate) {
        if (kept == 0) {
            return 1;
        }
        double busy = exchange + setUp;
        double overlapping = -Math.expm1(-rate * busy);
        double another = -Math.expm1(-rate * (kept + busy));
        if (overlapping * another > NEGLIGIBLE) {
            return Double.NaN;
        }
        double afterNew = Math.exp(-rate * (kept + busy)) + overlapping;
        double afterStanding = Math.exp(-rate * (kept + exchange)) - Math.expm1(-rate * exchange);
        return afterStanding / (1 - afterNew + afterStanding);
    }
}
