package dev.pushpull.scenario;

import java.util.OptionalDouble;

/**
 * One step of load on one path, a row of {@code capacity.csv}.
 *
 * @param driver undertow or okhttp
 * @param offeredPerSecond requests due; for long polls, events
 * @param achievedPerSecond answers
 * @param latencyP50Millis response time, from when a request was due; empty when there were too few
 * @param lateP99Millis how late the driver itself sent
 * @param errors requests that were not answered, or not properly
 * @param sustained whether the path carried it within the bound
 * @param serviceP50Millis from when a request was sent
 * @param driverCpuMicros of the driver's process, for each answer; empty without answers
 * @param serverCpuMicros of the server's process, for each answer; empty without answers
 * @param driverLate whether the driver itself fell behind, so that the step says nothing about the server
 * @param circumstances what the machine did meanwhile
 */
public record CapacityStep(
        String path,
        String driver,
        double offeredPerSecond,
        double achievedPerSecond,
        OptionalDouble latencyP50Millis,
        OptionalDouble latencyP99Millis,
        OptionalDouble lateP99Millis,
        long errors,
        boolean sustained,
        OptionalDouble serviceP50Millis,
        OptionalDouble serviceP99Millis,
        OptionalDouble driverCpuMicros,
        OptionalDouble serverCpuMicros,
        boolean driverLate,
        Circumstances circumstances) {
    /**
     * What the machine did meanwhile. All empty in a run of older times, which did not listen.
     *
     * @param verdictRaw of the step with all that happened: sustained, exceeded or driver-late
     * @param verdictDeducted with the machine's stalls deducted
     * @param leftOut whether it has no part in the answer
     * @param stalledSeconds the machine's stalls in the step, its warm-up included
     * @param pausedSeconds pauses of server and driver themselves, which are not deducted
     * @param quietP99Millis what the p99 had been without the stalls
     * @param referencePerSecond the bare echoes a second before and after it, their geometric mean
     */
    public record Circumstances(
            String verdictRaw,
            String verdictDeducted,
            boolean leftOut,
            OptionalDouble stalledSeconds,
            OptionalDouble pausedSeconds,
            OptionalDouble quietP99Millis,
            OptionalDouble referencePerSecond) {
        public static final Circumstances UNKNOWN = new Circumstances(
                "",
                "",
                false,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());

        /** Whether anybody listened. */
        public boolean known() {
            return !verdictRaw.isEmpty();
        }
    }
}
