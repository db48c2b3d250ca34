package dev.pushpull.cli;

import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.InvalidInputException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of pollers on several hosts. */
@FlagGroup.In(FlagGroup.HOSTS)
final class PollHostFlags {
    private static final String POLLERS = "--consumers";
    private static final int MOST_POLLERS = 10_000;

    @Option(
            names = HostsFile.FLAG,
            paramLabel = "FILE",
            description = "Poll from the hosts that the tables [[poller]] of this TOML file describe; see "
                    + "docs/hosts.md.")
    private String file;

    @Option(
            names = POLLERS,
            paramLabel = "N",
            description = "With --hosts, so many pollers in all, shared by the hosts; each polls at the interval "
                    + "(default: one a host).")
    @Within(least = 1, most = MOST_POLLERS)
    private Integer pollers;

    /**
     * The hosts; empty for this one alone.
     *
     * @throws InvalidInputException when the file cannot be used
     */
    Optional<HostPlan> read() {
        if (file == null) {
            if (pollers != null) {
                throw new InvalidInputException(POLLERS + ": it is not accepted without --hosts FILE");
            }
            return Optional.empty();
        }
        HostPlan plan = HostsFile.pollers(file);
        if (pollers(plan) < plan.parts().size()) {
            throw new InvalidInputException("%s: '%d' is not accepted; accepted: at least one for each of %d hosts"
                    .formatted(POLLERS, pollers, plan.parts().size()));
        }
        return Optional.of(plan);
    }

    int pollers(HostPlan plan) {
        return pollers == null ? plan.parts().size() : pollers;
    }
}
