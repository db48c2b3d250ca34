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
        boolean driverLate) {}
