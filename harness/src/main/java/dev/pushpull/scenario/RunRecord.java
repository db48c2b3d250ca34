package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The complete record of a run, stored in {@code run.json}, from which every output is made.
 *
 * @param schemaVersion of {@code run.json}; raised when its form changes
 * @param runId the name of the results folder
 * @param command compare, sweep, ...
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param measuredNanos how long was measured; less than requested in an interrupted run
 * @param noise what else the machine did meanwhile
 * @param environment what it ran on, by name
 * @param partial whether it was interrupted before its end
 * @param findings other results
 * @param agreement measured, simulated and predicted side by side; empty where nothing was measured live
 * @param pricing what requests and modes cost; before version 5 it was the price of a million requests alone
 * @param processes what each process used; empty when everything ran in one
 * @param hosts the parts of a run over several hosts; empty when everything ran on one
 */
public record RunRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        long measuredNanos,
        Scenario scenario,
        List<Outcome> outcomes,
        Noise noise,
        Map<String, String> environment,
        boolean partial,
        List<String> warnings,
        List<Finding> findings,
        List<AgreementLine> agreement,
        @JsonAlias("price_per_million") Pricing pricing,
        List<ProcessFigures> processes,
        List<HostFigures> hosts) {
    public static final int SCHEMA_VERSION = 7;

    public RunRecord {
        hosts = hosts == null ? List.of() : hosts; // there were none before version 7
    }

    /**
     * The machine's own behaviour, measured beside the trials.
     *
     * @param hiccups how much too long a sleep of a millisecond took, again and again
     * @param eventLateness how late events were handed to the providers
     * @param floorRoundTrip a bare HTTP round trip on loopback with the same payload
     * @param floorRatePerSecond how often that round trip was made
     * @param floorSteadiness whether it took the same all the time: if not, the machine itself got quicker or slower
     */
    public record Noise(
            Distribution hiccups,
            Distribution eventLateness,
            Distribution floorRoundTrip,
            double floorRatePerSecond,
            SteadinessVerdict floorSteadiness) {
        /** Of a machine whose speed nobody followed. */
        public Noise(
                Distribution hiccups,
                Distribution eventLateness,
                Distribution floorRoundTrip,
                double floorRatePerSecond) {
            this(hiccups, eventLateness, floorRoundTrip, floorRatePerSecond, SteadinessVerdict.UNKNOWN);
        }

        /** There is none in virtual time. */
        public static Noise none() {
            return new Noise(Distribution.empty(), Distribution.empty(), Distribution.empty(), 0);
        }

        /** Combines it with the noise of another time. */
        public Noise plus(Noise later) {
            return new Noise(
                    hiccups.plus(later.hiccups),
                    eventLateness.plus(later.eventLateness),
                    floorRoundTrip.plus(later.floorRoundTrip),
                    later.floorRatePerSecond,
                    SteadinessVerdict.worst(List.of(floorSteadiness, later.floorSteadiness)));
        }
    }

    /** A run without other results. */
    public RunRecord(
            int schemaVersion,
            String runId,
            String command,
            List<String> commandLine,
            String startedAt,
            long measuredNanos,
            Scenario scenario,
            List<Outcome> outcomes,
            Noise noise,
            Map<String, String> environment,
            boolean partial,
            List<String> warnings) {
        this(
                schemaVersion,
                runId,
                command,
                commandLine,
                startedAt,
                measuredNanos,
                scenario,
                outcomes,
                noise,
                environment,
                partial,
                warnings,
                List.of(),
                List.of(),
                Pricing.NONE,
                List.of(),
                List.of());
    }

    /** A run in one process. */
    public RunRecord(
            int schemaVersion,
            String runId,
            String command,
            List<String> commandLine,
            String startedAt,
            long measuredNanos,
            Scenario scenario,
            List<Outcome> outcomes,
            Noise noise,
            Map<String, String> environment,
            boolean partial,
            List<String> warnings,
            List<Finding> findings,
            List<AgreementLine> agreement) {
        this(
                schemaVersion,
                runId,
                command,
                commandLine,
                startedAt,
                measuredNanos,
                scenario,
                outcomes,
                noise,
                environment,
                partial,
                warnings,
                findings,
                agreement,
                Pricing.NONE,
                List.of(),
                List.of());
    }

    /** The same with other results. */
    public RunRecord with(List<Finding> findings, List<AgreementLine> agreement) {
        return copy(outcomes, findings, agreement, pricing, processes);
    }

    /** The same with the use of its processes. */
    public RunRecord withProcesses(List<ProcessFigures> others) {
        return copy(outcomes, findings, agreement, pricing, others);
    }

    /** The same with other outcomes. */
    public RunRecord withOutcomes(List<Outcome> others) {
        return copy(others, findings, agreement, pricing, processes);
    }

    /** The same with prices. */
    public RunRecord priced(Pricing named) {
        return copy(outcomes, findings, agreement, named, processes);
    }

    private RunRecord copy(
            List<Outcome> outcomes,
            List<Finding> findings,
            List<AgreementLine> agreement,
            Pricing pricing,
            List<ProcessFigures> processes) {
        return new RunRecord(
                schemaVersion,
                runId,
                command,
                commandLine,
                startedAt,
                measuredNanos,
                scenario,
                outcomes,
                noise,
                environment,
                partial,
                warnings,
                findings,
                agreement,
                pricing,
                processes,
                hosts);
    }

    /** The same over these hosts. */
    public RunRecord over(List<HostFigures> parts) {
        return new RunRecord(
                schemaVersion,
                runId,
                command,
                commandLine,
                startedAt,
                measuredNanos,
                scenario,
                outcomes,
                noise,
                environment,
                partial,
                warnings,
                findings,
                agreement,
                pricing,
                processes,
                parts);
    }

    /**
     * Something worth knowing that belongs to no mode's outcome, for instance about the trace.
     *
     * @param text the value and what it means, for people
     */
    public record Finding(String name, double value, String text) {}

    /** Whether the figures of every trial can be relied on. */
    @JsonIgnore
    public boolean valid() {
        return outcomes.stream().allMatch(Outcome::valid);
    }

    /** Whether it was run in virtual time. */
    @JsonIgnore
    public boolean simulated() {
        return !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::simulated);
    }

    /** The number of its trials. */
    @JsonIgnore
    public int trials() {
        return outcomes.stream().mapToInt(Outcome::trial).max().orElse(1);
    }

    /** The same with the trials of each mode as one outcome. */
    public RunRecord pooled() {
        return trials() == 1
                ? this
                : copy(PooledTrials.of(outcomes, measuredNanos), findings, agreement, pricing, processes);
    }

    /** The first outcome of a mode. */
    public Optional<Outcome> outcome(String mode) {
        return outcomes.stream().filter(outcome -> outcome.mode().equals(mode)).findFirst();
    }
}
