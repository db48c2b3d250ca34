package dev.pushpull.scenario;

import java.util.random.RandomGenerator;

/**
 * What stands between consumers and provider, such as a load balancer, and when it ends a connection. The same limits
 * hold in the relay of a live run and in virtual time. It sees bytes; a duration of 0 stands for no limit.
 *
 * @param name of its profile; empty where nothing stands there
 * @param idleNanos a connection ends when no byte passed for so long, either way
 * @param lifetimeNanos an exchange ends so long after its request, if its answer still goes on then
 * @param firstByteNanos an exchange ends so long after its request, if no byte of its answer has come
 * @param hostConnections most connections at a time of one host, here of all consumers together; others wait
 * @param silent whether a connection ends without a word: its bytes vanish, and neither side is told
 * @param jitterNanos each connection's limits are up to so much longer, at random
 */
public record Middlebox(
        String name,
        long idleNanos,
        long lifetimeNanos,
        long firstByteNanos,
        int hostConnections,
        boolean silent,
        long jitterNanos) {
    /** Nothing stands there. */
    public static final Middlebox NONE = new Middlebox("", 0, 0, 0, 0, false, 0);

    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Whether anything stands there. */
    public boolean stands() {
        return !name.isEmpty();
    }

    /** The same without limits: what passes through it takes as long, and nothing else happens. */
    public Middlebox withoutLimits() {
        return new Middlebox(name, 0, 0, 0, 0, false, 0);
    }

    /** Whether more connections than it lets through would wait. */
    public boolean holdsUp(int connections) {
        return hostConnections > 0 && connections > hostConnections;
    }

    /** Whether it ends a connection on which nothing passes for so long, whatever its jitter. */
    public boolean endsIdle(long silentNanos) {
        return idleNanos > 0 && idleNanos + jitterNanos <= silentNanos;
    }

    /** Whether it leaves a connection alone on which something passes so often, whatever its jitter. */
    public boolean leavesIdle(long everyNanos) {
        return idleNanos == 0 || everyNanos > 0 && everyNanos < idleNanos;
    }

    /**
     * How long it lets an exchange be that brings nothing: the shortest of its limits, without jitter; {@link #NEVER}
     * for as long as one likes.
     */
    public long holdsNanos() {
        return Math.min(orNever(idleNanos, 0), Math.min(orNever(lifetimeNanos, 0), orNever(firstByteNanos, 0)));
    }

    /** The limits of one connection. */
    public Limits limits(RandomGenerator random) {
        long longer = jitterNanos == 0 ? 0 : (long) (random.nextDouble() * jitterNanos);
        return new Limits(orNever(idleNanos, longer), orNever(lifetimeNanos, longer), orNever(firstByteNanos, longer));
    }

    private static long orNever(long nanos, long longer) {
        return nanos == 0 ? NEVER : nanos + longer;
    }

    /** The limits of one connection; each is {@link #NEVER} where there is none. */
    public record Limits(long idleNanos, long lifetimeNanos, long firstByteNanos) {
        /** The same where an exchange has been there for long already: a random part of its life is left. */
        public Limits inPart(RandomGenerator random) {
            return lifetimeNanos == NEVER
                    ? this
                    : new Limits(idleNanos, 1 + (long) (random.nextDouble() * lifetimeNanos), firstByteNanos);
        }

        /** When it ends the connection if no byte passes after this time. */
        public long idleEndNanos(long lastByteNanos) {
            return after(lastByteNanos, idleNanos);
        }

        /** When it ends an exchange whose answer goes on. */
        public long lifeEndNanos(long requestNanos) {
            return after(requestNanos, lifetimeNanos);
        }

        /** When it ends an exchange whose answer does not begin. */
        public long unansweredEndNanos(long requestNanos) {
            return after(requestNanos, firstByteNanos);
        }

        private static long after(long fromNanos, long nanos) {
            return fromNanos == NEVER || nanos == NEVER ? NEVER : fromNanos + nanos;
        }
    }
}
