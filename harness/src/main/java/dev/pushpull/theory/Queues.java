package dev.pushpull.theory;

/** A receiver that handles one webhook after another (docs/theory.md section 9). Times in seconds. */
public final class Queues {
    private Queues() {}

    /** Mean wait of the M/G/1 queue (Pollaczek and Khinchine). */
    public static double meanWait(double rate, double meanService, double meanSquareService) {
        return rate * meanSquareService / (2 * (1 - rate * meanService));
    }

    /** The time in the system that a share {@code p} does not exceed, M/M/1. */
    public static double sojournQuantile(double rate, double meanService, double p) {
        return -Math.log1p(-p) / (1 / meanService - rate);
    }

    /**
     * Mean wait for one of several servers, M/M/c (Erlang's second formula).
     *
     * @param servers c, at least 1; the load {@code rate * meanService} is below it
     */
    public static double meanWaitForOneOf(int servers, double rate, double meanService) {
        double load = rate * meanService;
        double lost = 1; // Erlang's first formula, by its recursion in the number of servers
        for (int server = 1; server <= servers; server++) {
            lost = load * lost / (server + load * lost);
        }
        double waits = lost / (1 - load / servers * (1 - lost));
        return waits * meanService / (servers - load);
    }

    /** What batches add to the mean wait. */
    public static double batchWait(double meanBatch, double meanSquareBatch, double meanService, double load) {
        return (meanSquareBatch - meanBatch) * meanService / (2 * meanBatch * (1 - load));
    }

    /** Mean delay when each event is sent to this many consumers one after another. */
    public static double serialFanOut(double rate, int consumers, double each) {
        double service = consumers * each;
        return meanWait(rate, service, service * service) + (consumers + 1) * each / 2;
    }
}
