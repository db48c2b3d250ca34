package dev.pushpull.experiment.capacity;

import dev.pushpull.host.Spans;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Hosts whose stalls nobody hears and whose speed nobody follows: both would need a clock and a quiet moment that all
 * hosts share. So nothing is deducted, and an answer is for the speeds that the hosts had.
 */
final class SeveralHosts implements LoadPlace {
    private final Capacity.Setting setting;
    private final HostPlan plan;

    SeveralHosts(Capacity.Setting setting, HostPlan plan) {
        this.setting = setting;
        this.plan = plan;
    }

    @Override
    public PathSteps open(CapacityPath path) throws IOException, InterruptedException {
        return new HostSteps(path, setting, plan);
    }

    @Override
    public double speed() {
        return 1;
    }

    @Override
    public OptionalDouble nominalPerSecond() {
        return OptionalDouble.empty();
    }

    @Override
    public String listening() {
        return "%s; %s; %s; no stall deducted, no speed followed"
                .formatted(names(Role.PROVIDER), names(Role.POLLER), names(Role.RECEIVER));
    }

    private String names(Role role) {
        List<HostPart> some = plan.of(role);
        return some.isEmpty()
                ? "no " + role.word()
                : "%d %s%s (%s)"
                        .formatted(
                                some.size(),
                                role.word(),
                                some.size() == 1 ? "" : "s",
                                some.stream().map(HostPart::host).collect(Collectors.joining(", ")));
    }

    @Override
    public Optional<Spans> stallsSince(long nanos) {
        return Optional.of(Spans.NONE);
    }

    @Override
    public void close() {
        // a path's parts end with it
    }
}
