package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario.Wire;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** The flags that say what lies between consumers and provider. */
@FlagGroup.In(FlagGroup.NETWORK)
final class WireFlags {
    private static final String RTT = "--rtt";
    private static final String KEEP_ALIVE = "--keep-alive";

    /** A poll over a new connection takes three round trips, and its client waits for ten seconds. */
    private static final long MOST_RTT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long MOST_KEPT_NANOS = TimeUnit.DAYS.toNanos(1);

    @Option(names = "--tls", description = "Encrypt all connections, with a certificate made for the run.")
    private boolean tls;

    @Option(
            names = RTT,
            paramLabel = "DURATION",
            description = "Round-trip time between consumers and provider, half of it each way, up to 2s "
                    + "(default: 0s). With --tls, --rtt or --keep-alive, each consumer has its own " + "connections.")
    private String rtt = "0s";

    @Option(
            names = KEEP_ALIVE,
            paramLabel = "DURATION",
            description = "How long a client keeps an idle connection before it must open a new one; 0s: a new "
                    + "one each time (default: 45s).")
    private String keepAlive;

    Wire read() {
        return new Wire(
                tls,
                atMost(RTT, rtt, MOST_RTT_NANOS),
                keepAlive == null ? Wire.AS_USUAL : atMost(KEEP_ALIVE, keepAlive, MOST_KEPT_NANOS));
    }

    private static long atMost(String flag, String text, long mostNanos) {
        long nanos = Quantity.durationOrZeroNanos(flag, text);
        if (nanos > mostNanos) {
            throw Quantity.wrong(flag, text, "0s to " + Quantity.duration(mostNanos));
        }
        return nanos;
    }
}
