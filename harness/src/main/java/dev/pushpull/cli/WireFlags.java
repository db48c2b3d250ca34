package dev.pushpull.cli;

import dev.pushpull.scenario.Scenario.Wire;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags that say what lies between consumers and provider. */
@FlagGroup.In(FlagGroup.NETWORK)
final class WireFlags {
    /** A poll over a new connection takes three round trips, and its client waits for ten seconds. */
    private static final long MOST_RTT_NANOS = 2_000_000_000L;

    private static final long A_DAY_NANOS = 86_400_000_000_000L;

    @Option(names = "--tls", description = "Encrypt all connections, with a certificate made for the run.")
    private boolean tls;

    @Option(
            names = "--rtt",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "Round-trip time between consumers and provider, half of it each way, up to 2s "
                    + "(default: ${DEFAULT-VALUE}). With --tls, --rtt or --keep-alive, each consumer has its own "
                    + "connections.")
    @Within(least = 0, most = MOST_RTT_NANOS)
    private Duration rtt;

    @Option(
            names = "--keep-alive",
            paramLabel = "DURATION",
            description = "How long a client keeps an idle connection before it must open a new one; 0s: a new "
                    + "one each time (default: 45s).")
    @Within(least = 0, most = A_DAY_NANOS)
    private Duration keepAlive;

    Wire read() {
        return new Wire(tls, rtt.toNanos(), keepAlive == null ? Wire.AS_USUAL : keepAlive.toNanos());
    }
}
