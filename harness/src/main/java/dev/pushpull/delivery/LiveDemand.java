package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;

/**
 * What a mode's consumers and provider need of the machine at once, in a live run.
 *
 * @param connections between them, at most; each is two sockets
 * @param threads that wait for answers, at most
 * @param held polls that wait at the provider, a thread each, all from before the measured time on
 */
public record LiveDemand(int connections, int threads, int held) {
    /** Most polls of a mode that are out at once, unless they wait at the provider. */
    public static final int MOST_POLLS_IN_FLIGHT = 256;

    /** Of short polls: threads and connections are made as they are needed. */
    public static LiveDemand ofPolls(Scenario scenario) {
        int most = Math.min(scenario.events().consumers(), MOST_POLLS_IN_FLIGHT);
        return new LiveDemand(most, most, 0);
    }

    /** Of polls that wait. */
    public static LiveDemand ofHeldPolls(Scenario scenario) {
        int all = scenario.events().consumers();
        return new LiveDemand(all, all, all);
    }

    /** Of webhooks, and the requests that set them up. */
    public static LiveDemand ofWebhooks(Scenario scenario) {
        int most = scenario.webhooks().maxInFlight();
        return new LiveDemand(most + 1, most, 0);
    }

    /** Both at once. */
    public LiveDemand plus(LiveDemand other) {
        return new LiveDemand(connections + other.connections, threads + other.threads, held + other.held);
    }

    /** What the more demanding of two needs, one after the other. */
    public LiveDemand or(LiveDemand other) {
        return new LiveDemand(
                Math.max(connections, other.connections), Math.max(threads, other.threads), Math.max(held, other.held));
    }
}
