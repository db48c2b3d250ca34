package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;

/**
 * What a mode's consumers and provider need from the machine at the same time, in a live run.
 *
 * @param connections between them, at most; each takes two sockets
 * @param posting those of them that carry webhooks, whose sender needs more than a socket to wait for answers
 * @param threads waiting for answers, at most
 * @param held polls that wait at the provider, each with a thread, all from before the measured time on
 */
public record LiveDemand(int connections, int posting, int threads, int held) {
    /** The most polls of a mode on their way at once, unless they wait at the provider. */
    public static final int MOST_POLLS_IN_FLIGHT = 256;

    /** The demand of short polls: threads and connections are made as needed. */
    public static LiveDemand ofPolls(Scenario scenario) {
        int most = Math.min(scenario.events().consumers(), MOST_POLLS_IN_FLIGHT);
        return new LiveDemand(
                Math.max(most, kept(scenario, 1e9 / scenario.polling().intervalNanos())), 0, most, 0);
    }

    /** The demand of reads that an event causes: as of polls, but they come as often as events. */
    public static LiveDemand ofReads(Scenario scenario) {
        int most = Math.min(scenario.events().consumers(), MOST_POLLS_IN_FLIGHT);
        return new LiveDemand(
                Math.max(most, kept(scenario, scenario.events().arrivals().ratePerSecond())), 0, most, 0);
    }

    /** The demand of polls that wait. */
    public static LiveDemand ofHeldPolls(Scenario scenario) {
        int all = scenario.events().consumers();
        return new LiveDemand(all, 0, all, all);
    }

    /**
     * The demand of webhooks and the requests that set them up. A webhook's connection has a thread while it is kept.
     */
    public static LiveDemand ofWebhooks(Scenario scenario) {
        int most = Math.max(
                scenario.webhooks().maxInFlight(),
                kept(scenario, scenario.events().arrivals().ratePerSecond()));
        boolean ownPorts = scenario.faults().meanUpNanos() > 0; // each goes down by itself
        int ports = ownPorts ? scenario.events().consumers() : 1;
        int relays = ownPorts && scenario.wire().rttNanos() > 0 ? ports : 0;
        return new LiveDemand(most + ports, most, most + relays, 0);
    }

    /**
     * The average number of kept connections where each consumer has its own: those used within the time that an idle
     * connection is kept.
     */
    private static int kept(Scenario scenario, double usesPerSecond) {
        if (!scenario.wire().modelled()) {
            return 0;
        }
        double share = Math.min(1, scenario.wire().keptNanos() / 1e9 * usesPerSecond);
        return (int) Math.ceil(share * scenario.events().consumers());
    }

    /** The demand of both at once. */
    public LiveDemand plus(LiveDemand other) {
        return new LiveDemand(
                connections + other.connections, posting + other.posting, threads + other.threads, held + other.held);
    }

    /** The larger demand of two that run one after the other. */
    public LiveDemand or(LiveDemand other) {
        return new LiveDemand(
                Math.max(connections, other.connections),
                Math.max(posting, other.posting),
                Math.max(threads, other.threads),
                Math.max(held, other.held));
    }
}
