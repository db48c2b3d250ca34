package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.Where;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.TrialSetup;
import dev.pushpull.host.ChildJvm;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Provider, poller (consumers that poll) and receiver (consumers that take webhooks) as JVMs of their own on this host,
 * which share its monotonic clock. They live from their first group until the host is closed, so that they stay warm.
 */
public final class SeparateProcesses implements TrialGroup.Host, Parts {
    private static final String PROVIDER = "provider";
    private static final String POLLER = "poller";
    private static final String RECEIVER = "receiver";

    private final Map<String, Part> parts = new LinkedHashMap<>();

    public SeparateProcesses() throws IOException {
        part(PROVIDER, ProviderProgram.class);
    }

    @Override
    public TrialGroup open(TrialSetup setup) throws IOException {
        return new SeparateTrialGroup(this, setup);
    }

    @Override
    public boolean isThisProcess() {
        return false;
    }

    private Part part(String name, Class<? extends ChildProgram> program) throws IOException {
        if (!parts.containsKey(name)) {
            ChildProcess process = new ChildProcess(name, new ChildJvm(program, name));
            parts.put(name, new Part(process, Where.WHOLE, ""));
        }
        return parts.get(name);
    }

    @Override
    public Part provider() {
        return parts.get(PROVIDER);
    }

    @Override
    public List<Part> consumers(DeliveryMode mode, Scenario scenario) throws IOException {
        return List.of(part(mode.traits().has(Trait.LISTENS) ? RECEIVER : POLLER, ConsumersProgram.class));
    }

    @Override
    public Optional<String> lost() {
        return Optional.empty(); // whoever asks it finds out
    }

    @Override
    public boolean areOnHosts() {
        return false;
    }

    @Override
    public Optional<HostFigures> host(Part part) {
        return Optional.empty();
    }

    /** The processes that exist. */
    List<Long> pids() {
        return parts.values().stream().map(part -> part.process().link().pid()).toList();
    }

    @Override
    public void close() {
        parts.values().forEach(part -> part.process().close());
    }
}
