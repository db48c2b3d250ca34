package dev.pushpull.cli;

import dev.pushpull.advice.Terms;
import dev.pushpull.scenario.Quantity;
import picocli.CommandLine.Option;

/** The flags that say what is to be had: what the provider allows, and what consumers can do. */
final class SupplyFlags {
    static final String MIN_INTERVAL = "--min-interval";

    @Option(
            names = "--no-public-endpoint",
            description = "The provider cannot reach the consumers, as behind a firewall.")
    private boolean noPublicEndpoint;

    @Option(names = "--no-long-connections", description = "Connections cannot be held open, as on serverless hosting.")
    private boolean noLongConnections;

    @Option(
            names = "--free-304",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            description = "A 304 does not count against --quota, as at GitHub.")
    private boolean free304;

    /** A text: a mode has a flag of the same name. */
    @Option(
            names = MIN_INTERVAL,
            paramLabel = "DURATION",
            description = "The least time between two polls of a consumer that the provider allows (default: any).")
    private String minInterval;

    /** @param quota for each stream; null for no limit */
    Terms read(Rate quota) {
        return new Terms(
                !noPublicEndpoint,
                !noLongConnections,
                quota == null ? 0 : quota.perSecond(),
                quota == null ? "" : quota.text(),
                free304,
                minInterval == null ? 0 : Quantity.durationNanos(MIN_INTERVAL, minInterval));
    }
}
