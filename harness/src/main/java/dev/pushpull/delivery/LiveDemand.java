package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;

/**
 * What a mode's consumers and provider need of the machine at once, in a live run.
 *
 * @param connections between them, at most; each is two sockets
 * @param posting of these the webhooks' own, whose sender waits for answers in a way that takes more than a socket
 * @param threads that wait for answers, at most
 * @param held polls that wait at the provider, a thread each, all from before the measured time on
 */
public record LiveDemand(int connections, int posting, int threads, int held) {
    /** Most polls of a mode that are out at once, unless they wait at the provider. */
    public static final int MOST_POLLS_IN_FLIGHT = 256;

    /** Of short polls: threads and connections are made as they are needed. */
    public static LiveDemand ofPolls(Scenario scenario) {
        int most = Math.min(scenario.events().consumers(), MOST_POLLS_IN_FLIGHT);
        return new LiveDemand(
                Math.max(most, kept(scenario, 1e9 / scenario.polling().intervalNanos())), 0, most, 0);
    }

    /** Of polls that wait. */
    public static LiveDemand ofHeldPolls(Scenario scenario) {
        int all = scenario.events().consumers();
        return new LiveDemand(all, 0, all, all);
    }

    /** Of webhooks, and the requests that set them up. A connection of theirs has a thread for as long as it is kept. */
    public static LiveDemand ofWebhooks(Scenario scenario) {
        int most = Math.max(
                scenario.webhooks().maxInFlight(),
                kept(scenario, scenario.events().arrivals().ratePerSecond()));
        return new LiveDemand(most + 1, most, most, 0);
    }

    /**
     * How many connections are kept on average, where each consumer has its own: those that were used within the time for
     * which an idle one is kept.
     */
    private static int kept(Scenario scenario, double usesPerSecond) {
        if (!scenario.wire().modelled()) {
            return 0;
        }
        double share = Math.min(1, scenario.wire().keptNanos() / 1e9 * usesPerSecond);
        return (int) Math.ceil(share * scenario.events().consumers());
    }

    /** Both at once. */
    public LiveDemand plus(LiveDemand other) {
        return new LiveDemand(
                connections + other.connections, posting + other.posting, threads + other.threads, held + other.held);
    }

    /** What the more demanding of two needs, one after the other. */
    public LiveDemand or(LiveDemand other) {
        return new LiveDemand(
                Math.max(connections, other.connections),
                Math.max(posting, other.posting),
                Math.max(threads, other.threads),
                Math.max(held, other.held));
    }
}
