package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag that names the hosts of a run. */
@FlagGroup.In(FlagGroup.RUN)
final class HostsFlag {
    @Option(
            names = HostsFile.FLAG,
            paramLabel = "FILE",
            description = "Provider, pollers and receivers on the hosts that this TOML file describes; see "
                    + "docs/hosts.md.")
    private String file;

    /**
     * The hosts; empty for this one alone.
     *
     * @throws InvalidInputException when the file cannot be used, or not with this scenario
     */
    Optional<HostPlan> read(Scenario scenario, List<DeliveryMode> modes, boolean live) {
        if (file == null) {
            return Optional.empty();
        }
        if (!live) {
            throw new InvalidInputException(HostsFile.FLAG + ": not accepted with --simulate; accepted: --shards N");
        }
        HostPlan plan = HostsFile.read(file);
        if (scenario.wire().modelled()) {
            throw new InvalidInputException(
                    "--hosts: the network between hosts is what it is; accepted: without --tls, "
                            + "--rtt, --keep-alive, --behind and what else describes a network");
        }
        for (DeliveryMode mode : modes) {
            Role role = mode.traits().has(Trait.LISTENS) ? Role.RECEIVER : Role.POLLER;
            if (plan.of(role).isEmpty()) {
                throw new InvalidInputException("%s: %s needs a %s; accepted: at least one table [[%s]]"
                        .formatted(plan.where(), mode.name(), role.word(), role.word()));
            }
        }
        return Optional.of(plan);
    }
}
