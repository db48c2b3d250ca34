package dev.pushpull.scenario;

import java.util.OptionalDouble;

/**
 * A part of a run over hosts, and its host meanwhile.
 *
 * @param role provider, poller or receiver
 * @param host its name
 * @param address at which others reach it
 * @param processors that it may use
 * @param java the version there
 * @param consumers that it has; 0 for a provider
 * @param clock how its clock compared with the provider's
 * @param cpuMillis of its process while it measured
 * @param hiccupP99Millis by so much a sleep of a millisecond there was too long; empty when there were too few
 * @param hiccupP999Millis the same at another quantile
 */
public record HostFigures(
        String role,
        String host,
        String address,
        int processors,
        String java,
        int consumers,
        Clock clock,
        double cpuMillis,
        OptionalDouble hiccupP99Millis,
        OptionalDouble hiccupP999Millis) {
    /**
     * The provider's monotonic clock, seen from a part's.
     *
     * @param same whether it is one clock, so that nothing need be known
     * @param known whether the difference is known within bounds
     * @param samples on which this rests
     * @param leastOffsetNanos at no time less; add an offset to a time of the part to get one of the provider
     * @param mostOffsetNanos at no time more
     * @param boundNanos by no more than this any latency is off
     * @param leastDriftMillionths by so much the provider's runs faster at least
     * @param mostDriftMillionths by so much the provider's runs faster at most
     * @param quickestWayNanos the shortest way there and back
     */
    public record Clock(
            boolean same,
            boolean known,
            int samples,
            long leastOffsetNanos,
            long mostOffsetNanos,
            long boundNanos,
            double leastDriftMillionths,
            double mostDriftMillionths,
            long quickestWayNanos) {
        /** The part's own clock. */
        public static final Clock SAME = new Clock(true, true, 0, 0, 0, 0, 0, 0, 0);
    }

    /** For people. */
    public String name() {
        return role + " on " + host;
    }

    /** The same after another trial. */
    public HostFigures plus(HostFigures later) {
        return new HostFigures(
                role,
                host,
                address,
                processors,
                java,
                consumers,
                later.clock.boundNanos() >= clock.boundNanos() ? later.clock : clock,
                cpuMillis + later.cpuMillis,
                worse(hiccupP99Millis, later.hiccupP99Millis),
                worse(hiccupP999Millis, later.hiccupP999Millis));
    }

    private static OptionalDouble worse(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() || other.isPresent() && other.getAsDouble() > one.getAsDouble() ? other : one;
    }
}
