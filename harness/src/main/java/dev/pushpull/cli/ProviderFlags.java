package dev.pushpull.cli;

import dev.pushpull.advice.Endpoints;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags of an answer as the provider sees it. */
final class ProviderFlags {
    private static final String AS = "--as";

    /** Who asks. */
    private enum Role {
        CONSUMER,
        PROVIDER
    }

    @Option(
            names = AS,
            paramLabel = "WHO",
            description = "consumer, or provider: also what each mode takes the provider: requests a second, slots in "
                    + "flight, connections, machines (default: consumer).")
    private Role role;

    @Option(
            names = "--capacity",
            paramLabel = "RUN",
            description = "Results folder of a capacity run: what one machine carries (with --as provider).")
    private Path capacity;

    @Option(
            names = "--slow-share",
            paramLabel = "SHARE",
            description = "Share of endpoints that answer slowly, 0 to 1 (with --as provider; default: 0).")
    @Within(least = 0, most = 1)
    private Double slowShare;

    @Option(
            names = "--slow-answer",
            paramLabel = "DURATION",
            description = "How long those take to answer (with --as provider; default: 10s).")
    private Duration slowAnswer;

    @Option(
            names = "--dead-share",
            paramLabel = "SHARE",
            description = "Share of endpoints that cannot be reached, 0 to 1 (with --as provider; default: 0).")
    @Within(least = 0, most = 1)
    private Double deadShare;

    /** Whether the provider asks; rejects what is of use only then. */
    boolean asked(CommandSpec spec) {
        if (role == Role.PROVIDER) {
            return true;
        }
        for (String flag : new String[] {
            "--capacity", "--slow-share", "--slow-answer", "--dead-share", "--connect-timeout", "--response-timeout"
        }) {
            if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
                throw new InvalidInputException("%s: '%s' is not accepted here; accepted with %s provider"
                        .formatted(flag, TypedFlags.given(spec, flag).orElse(""), AS));
            }
        }
        return false;
    }

    Endpoints endpoints() {
        double slow = slowShare == null ? 0 : slowShare;
        double dead = deadShare == null ? 0 : deadShare;
        if (slow + dead > 1) {
            throw new InvalidInputException(
                    "--dead-share: '%s' is not accepted with --slow-share %s; accepted: at most 1 together"
                            .formatted(dead, slow));
        }
        return new Endpoints(slow, (slowAnswer == null ? Duration.ofSeconds(10) : slowAnswer).toNanos(), dead);
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
