package dev.pushpull.surface;

import dev.pushpull.http.Transport;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RequestQuota;
import java.util.Set;

/**
 * How a provider is set up.
 *
 * @param host the address it listens on
 * @param port 0 for any free one
 * @param retention newest events kept of each stream
 * @param webhooks how webhooks are sent
 * @param seed for the jitter of retries
 * @param allowedHosts callback hosts allowed besides loopback
 * @param quota how often the events of one stream may be asked for
 * @param transport of what it serves and sends
 * @param mostGivenUpListed newest deliveries that were given up which the books name one by one; all are counted
 */
public record ProviderSettings(
        String host,
        int port,
        int retention,
        Scenario.Webhooks webhooks,
        long seed,
        Set<String> allowedHosts,
        RequestQuota quota,
        Transport transport,
        int mostGivenUpListed) {
    /** A run tells why each of its events did not arrive; what runs on and on does not, or it would grow and grow. */
    private static final int MOST_LISTED = 10_000;

    /** Without a quota, over bare loopback. */
    public ProviderSettings(
            String host, int port, int retention, Scenario.Webhooks webhooks, long seed, Set<String> allowedHosts) {
        this(host, port, retention, webhooks, seed, allowedHosts, RequestQuota.NONE);
    }

    /** Over bare loopback. */
    public ProviderSettings(
            String host,
            int port,
            int retention,
            Scenario.Webhooks webhooks,
            long seed,
            Set<String> allowedHosts,
            RequestQuota quota) {
        this(host, port, retention, webhooks, seed, allowedHosts, quota, Transport.PLAIN, MOST_LISTED);
    }

    /** For a run: on loopback, on any free port, calling back to loopback only. */
    public static ProviderSettings onLoopback(Scenario scenario) {
        return new ProviderSettings(
                "127.0.0.1",
                0,
                scenario.events().retention(),
                scenario.webhooks(),
                scenario.run().seed(),
                Set.of(),
                scenario.polling().quota(),
                Transport.over(scenario.wire()),
                Integer.MAX_VALUE);
    }
}
