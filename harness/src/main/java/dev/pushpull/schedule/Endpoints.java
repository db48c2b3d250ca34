package dev.pushpull.schedule;

import java.util.List;

/**
 * How endpoints differ from one another. Which consumer has which is drawn from a seed, and each share is an exact
 * number of consumers. Pure: a live run, virtual time and closed forms ask the same object.
 *
 * @param slow endpoints that answer late; they hold the event before they answer
 * @param dead endpoints that refuse connections
 * @param seed from which it is drawn which they are
 * @param limited whether somebody set a limit on attempts in flight, so that virtual time counts them too
 */
public record Endpoints(List<Slow> slow, List<Dead> dead, long seed, boolean limited) {
    /** All alike, and nobody set a limit. */
    public static final Endpoints ALIKE = new Endpoints(List.of(), List.of(), 0, false);

    /** Returned for an endpoint that never dies. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int ROUNDS = 4;

    /**
     * Some are slow.
     *
     * @param share of all, above 0
     * @param answerNanos from the webhook's arrival to the answer, above 0
     */
    public record Slow(double share, long answerNanos) {}

    /**
     * Some are dead.
     *
     * @param share of all, above 0
     * @param fromNanos since when, from the start of the run; 0 for always
     */
    public record Dead(double share, long fromNanos) {}

    public Endpoints {
        slow = List.copyOf(slow);
        dead = List.copyOf(dead);
    }

    /** Whether none is slow or dead. */
    public boolean alike() {
        return slow.isEmpty() && dead.isEmpty();
    }

    /** Whether virtual time counts the slots of the sender, for which all endpoints compete. */
    public boolean slotsCount() {
        return limited || !alike();
    }

    /** How many of so many consumers one share is, given those before it: shares are rounded so that they add up. */
    public static int count(double before, double share, int consumers) {
        return (int) (Math.round((before + share) * consumers) - Math.round(before * consumers));
    }

    /** How long after its arrival a consumer answers a webhook; 0 for at once. */
    public long answerNanos(int consumer, int consumers) {
        if (slow.isEmpty()) {
            return 0;
        }
        int place = place(consumer, consumers);
        double share = 0;
        for (Slow some : slow) {
            share += some.share();
            if (place < Math.round(share * consumers)) {
                return some.answerNanos();
            }
        }
        return 0;
    }

    /** From when on a consumer's endpoint refuses connections; {@link #NEVER} for one that lives. */
    public long deadFromNanos(int consumer, int consumers) {
        if (dead.isEmpty()) {
            return NEVER;
        }
        int place = place(consumer, consumers);
        double share = slow.stream().mapToDouble(Slow::share).sum();
        if (place < Math.round(share * consumers)) {
            return NEVER; // it is slow
        }
        for (Dead some : dead) {
            share += some.share();
            if (place < Math.round(share * consumers)) {
                return some.fromNanos();
            }
        }
        return NEVER;
    }

    /**
     * The place of a consumer in a random order of all, without a list of them: a Feistel network on the next even number
     * of bits, walked until it lands among them (Black and Rogaway, Ciphers with arbitrary finite domains, 2002).
     */
    private int place(int consumer, int consumers) {
        int half = Math.max(1, (33 - Integer.numberOfLeadingZeros(consumers - 1)) / 2);
        long mask = (1L << half) - 1;
        Seeds keys = new Seeds(seed);
        long place = consumer;
        do {
            long left = place >>> half;
            long right = place & mask;
            for (int round = 0; round < ROUNDS; round++) {
                long mixed = keys.derive(Seeds.Purpose.ENDPOINTS, right << 3 | round) & mask;
                long next = left ^ mixed;
                left = right;
                right = next;
            }
            place = left << half | right;
        } while (place >= consumers);
        return (int) place;
    }
}
