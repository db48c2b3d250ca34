package dev.pushpull.cli;

import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags of an answer as the provider sees it. */
final class ProviderFlags {
    private static final String AS = "--as";
    private static final List<String> ONLY_HERE =
            List.of("--capacity", EndpointFlags.SLOW, EndpointFlags.DEAD, "--connect-timeout", "--response-timeout");

    /** Who asks. */
    private enum Role {
        CONSUMER,
        PROVIDER
    }

    @Option(
            names = AS,
            paramLabel = "WHO",
            description = "consumer, or provider: also what each mode costs the provider: requests a second, slots in "
                    + "flight, connections, machines (default: consumer).")
    private Role role;

    @Option(
            names = "--capacity",
            paramLabel = "RUN",
            description = "Results folder of a capacity run: what one machine carries (with --as provider).")
    private Path capacity;

    /** Whether the provider asks; rejects what is of use only then. */
    boolean asked(CommandSpec spec) {
        if (role == Role.PROVIDER) {
            return true;
        }
        for (String flag : ONLY_HERE) {
            if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
                throw new InvalidInputException("%s: '%s' is not accepted here; accepted with %s provider"
                        .formatted(flag, TypedFlags.given(spec, flag).orElse(""), AS));
            }
        }
        return false;
    }

    /**
     * The endpoints to which the provider sends.
     *
     * @throws InvalidInputException when some are dead only from some moment of a run on: here there is no run
     */
    static Endpoints endpoints(Scenario scenario) {
        Endpoints endpoints = scenario.webhooks().endpoints();
        if (endpoints.dead().stream().anyMatch(some -> some.fromNanos() > 0)) {
            throw new InvalidInputException(
                    "%s: SHARE@TIME is not accepted here; accepted: SHARE such as 1%%".formatted(EndpointFlags.DEAD));
        }
        return endpoints;
    }

    /** What one machine carries, by path. */
    Map<String, CapacityAnswer.Rate> capacities() {
        Map<String, CapacityAnswer.Rate> rates = new LinkedHashMap<>();
        if (capacity != null) {
            try {
                for (CapacityFinding finding : CapacityResults.read(capacity).findings()) {
                    finding.answer().interval().ifPresent(rate -> rates.put(finding.path(), rate));
                }
            } catch (InvalidInputException e) {
                throw new InvalidInputException("--capacity: " + e.getMessage());
            }
        }
        return rates;
    }
}
