package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;

/**
 * The complete record of a search for capacity.
 *
 * @param command capacity
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param environment what it ran on, by name
 * @param slo the bound that a sustained step meets
 * @param driver undertow or okhttp
 * @param connections kept open by the driver
 * @param stepNanos measured time of a step
 * @param payloadBytes of an event's data
 * @param partial whether it was interrupted before its end
 * @param means by which the answers were found
 * @param invalid why the figures cannot be relied on; empty when they can
 */
public record CapacityRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Map<String, String> environment,
        Slo slo,
        String driver,
        int connections,
        long stepNanos,
        int payloadBytes,
        boolean partial,
        CapacityMeans means,
        List<String> invalid,
        List<CapacityFinding> findings) {}
