package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Provider, poller (consumers that poll) and receiver (consumers that take webhooks) as JVMs of their own on this host,
 * whose monotonic clock is one. They live from their first play to the end of the stage, so that they are warm.
 */
final class SeparateProcesses implements Play.Stage {
    private static final String PROVIDER = "provider";
    private static final String POLLER = "poller";
    private static final String RECEIVER = "receiver";

    private final Part provider;
    private Part poller;
    private Part receiver;

    SeparateProcesses() throws IOException {
        provider = new Part(PROVIDER, ProviderPart.class);
    }

    @Override
    public Play open(Cast cast) throws IOException {
        return new SeparatePlay(this, cast);
    }

    @Override
    public boolean isThisProcess() {
        return false;
    }

    Part provider() {
        return provider;
    }

    /** Where the consumers of a mode are. */
    Part consumers(DeliveryMode mode) throws IOException {
        if (mode.takesWebhooks()) {
            receiver = receiver == null ? new Part(RECEIVER, ConsumersPart.class) : receiver;
            return receiver;
        }
        poller = poller == null ? new Part(POLLER, ConsumersPart.class) : poller;
        return poller;
    }

    /** The processes there are. */
    List<Long> pids() {
        return Stream.of(provider, poller, receiver)
                .filter(Objects::nonNull)
                .map(Part::pid)
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
