package dev.pushpull.surface;

import dev.pushpull.http.Transport;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RequestQuota;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Set;

/**
 * How a provider is set up.
 *
 * @param host to listen on
 * @param port 0 for any free one
 * @param retention how many events of each stream to keep, the newest
 * @param webhooks how webhooks are sent
 * @param seed for the jitter of retries
 * @param allowedHosts callback hosts allowed besides loopback
 * @param quota how often clients may poll for the events of one stream
 * @param transport for serving and sending
 * @param mostGivenUpListed how many given-up deliveries the books list one by one, the newest ones; all are counted
 * @param body of each webhook
 * @param batching of events in one webhook
 * @param readLagNanos how long after an event occurred polls find it: a read side may lag behind. A poll that waits is
 *     woken by the event, and gets what can be found by then
 * @param heldConnections so many that its clients hold at once are let in, however few files the process may have open;
 *     0 for as many as half of them
 */
@RecordBuilder
public record ProviderSettings(
        String host,
        int port,
        int retention,
        Scenario.Webhooks webhooks,
        long seed,
        Set<String> allowedHosts,
        RequestQuota quota,
        Transport transport,
        int mostGivenUpListed,
        WebhookBody body,
        Batching batching,
        long readLagNanos,
        int heldConnections)
        implements ProviderSettingsBuilder.With {
    /**
     * A run lists why each event did not arrive. A provider that runs for ever does not, or the list would grow without
     * end.
     */
    private static final int MOST_LISTED = 10_000;

    /** With whole events in its webhooks, and a read side that does not lag. */
    public ProviderSettings(
            String host,
            int port,
            int retention,
            Scenario.Webhooks webhooks,
            long seed,
            Set<String> allowedHosts,
            RequestQuota quota,
            Transport transport,
            int mostGivenUpListed) {
        this(
                host,
                port,
                retention,
                webhooks,
                seed,
                allowedHosts,
                quota,
                transport,
                mostGivenUpListed,
                WebhookBody.WHOLE,
                Batching.NONE,
                0,
                0);
    }

    /** Without a quota, over plain loopback. */
    public ProviderSettings(
            String host, int port, int retention, Scenario.Webhooks webhooks, long seed, Set<String> allowedHosts) {
        this(host, port, retention, webhooks, seed, allowedHosts, RequestQuota.NONE);
    }

    /** Over plain loopback. */
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

    /** For a run: on loopback, on any free port, with callbacks to loopback only. */
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
