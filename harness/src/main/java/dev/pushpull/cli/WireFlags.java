package dev.pushpull.cli;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Quantity;
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

    @Option(
            names = MiddleboxProfiles.FLAG,
            paramLabel = "NAME|FILE",
            description = "What stands between consumers and provider and ends connections: alb, nlb, nginx, "
                    + "cloudflare, heroku, api-gateway-websocket, cloud-run, google-lb, browser, or a file of your own. "
                    + "Each consumer then has its own connections (default: nothing).")
    private String behind;

    Wire read() {
        Wire wire = new Wire(tls, rtt.toNanos(), keepAlive == null ? Wire.AS_USUAL : keepAlive.toNanos());
        return behind == null ? wire : wire.behind(checked(MiddleboxProfiles.named(behind), wire));
    }

    private Middlebox checked(Middlebox box, Wire wire) {
        if (wire.tls() && box.firstByteNanos() > 0) {
            throw Quantity.wrong(
                    MiddleboxProfiles.FLAG,
                    behind,
                    "one without a limit for the first byte: with --tls nobody between sees where an answer begins");
        }
        long setUpNanos = wire.setUpNanos() + wire.rttNanos();
        if (box.holdsNanos() <= setUpNanos) {
            throw Quantity.wrong(
                    MiddleboxProfiles.FLAG,
                    behind,
                    "limits above the %s that a first answer takes with --rtt %s"
                            .formatted(Quantity.readable(setUpNanos), Quantity.duration(wire.rttNanos())));
        }
        return box;
    }
}
