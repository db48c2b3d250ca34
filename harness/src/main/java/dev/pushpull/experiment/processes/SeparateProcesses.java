package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.TrialSetup;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Provider, poller (consumers that poll) and receiver (consumers that take webhooks) as JVMs of their own on this host,
 * which share its monotonic clock. They live from their first group until the host is closed, so that they stay warm.
 */
public final class SeparateProcesses implements TrialGroup.Host {
    private static final String PROVIDER = "provider";
    private static final String POLLER = "poller";
    private static final String RECEIVER = "receiver";

    private final ChildProcess provider;
    private ChildProcess poller;
    private ChildProcess receiver;

    public SeparateProcesses() throws IOException {
        provider = new ChildProcess(PROVIDER, ProviderProgram.class);
    }

    @Override
    public TrialGroup open(TrialSetup setup) throws IOException {
        return new SeparateTrialGroup(this, setup);
    }

    @Override
    public boolean isThisProcess() {
        return false;
    }

    ChildProcess provider() {
        return provider;
    }

    /** The process with the consumers of a mode. */
    ChildProcess consumers(DeliveryMode mode) throws IOException {
        if (mode.traits().has(Trait.LISTENS)) {
            receiver = receiver == null ? new ChildProcess(RECEIVER, ConsumersProgram.class) : receiver;
            return receiver;
        }
        poller = poller == null ? new ChildProcess(POLLER, ConsumersProgram.class) : poller;
        return poller;
    }

    /** The processes that exist. */
    List<Long> pids() {
        return Stream.of(provider, poller, receiver)
                .filter(Objects::nonNull)
                .map(ChildProcess::pid)
                .toList();
    }

    @Override
    public void close() {
        provider.close();
        if (poller != null) {
            poller.close();
        }
        if (receiver != null) {
            receiver.close();
        }
    }
}
