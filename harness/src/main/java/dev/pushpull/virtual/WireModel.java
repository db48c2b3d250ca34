package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.virtual.VirtualTally.Count;
import java.util.function.ToLongFunction;

/**
 * Bytes at the socket in virtual time, headers included: the closed model of docs/theory.md section 4 with the sizes of
 * {@link SurfaceBytes}, by direction.
 *
 * @param requestBytes a GET for events
 * @param emptyBytes its answer when there is nothing
 * @param pageBytes its answer without the events in it
 * @param eventBytes an event in a page
 * @param attemptBytes a webhook POST with its event
 * @param acknowledgementBytes its answer
 * @param toProvider what a new connection of a consumer's costs, the client being the consumer
 * @param toReceiver what a new connection of the provider's costs, the client being the provider
 */
public record WireModel(
        double requestBytes,
        double emptyBytes,
        double pageBytes,
        double eventBytes,
        double attemptBytes,
        double acknowledgementBytes,
        TlsBytes.Handshake toProvider,
        TlsBytes.Handshake toReceiver) {
    /** Polls that get an empty page when there is nothing. */
    public static WireModel polling(Scenario scenario) {
        return of(scenario, SurfaceBytes.plain(scenario, 1));
    }

    /** Polls that get 304 when there is nothing. */
    public static WireModel conditionalPolling(Scenario scenario) {
        return of(scenario, SurfaceBytes.conditional(scenario, 1));
    }

    /** Polls that ask the provider to wait, and get an empty page when it did so in vain. */
    public static WireModel longPolling(Scenario scenario, long waitSeconds) {
        return of(scenario, SurfaceBytes.waiting(scenario, 1, waitSeconds));
    }

    private static WireModel of(Scenario scenario, ByteCosts oneAttempt) {
        double acknowledgement = SurfaceBytes.acknowledgement(scenario);
        return new WireModel(
                oneAttempt.request(),
                oneAttempt.emptyReply(),
                oneAttempt.pageOverhead(),
                oneAttempt.perEvent(),
                oneAttempt.webhook() - acknowledgement,
                acknowledgement,
                TlsBytes.ofPolls(scenario.wire()),
                TlsBytes.ofWebhooks(scenario.wire()));
    }

    /** What all requests of a run send to the provider, and the answers to its webhooks. */
    public double bytesToProvider(ToLongFunction<Count> of) {
        return requestBytes * (of.applyAsLong(Count.POLLS) + of.applyAsLong(Count.FURTHER_PAGES))
                + acknowledgementBytes * of.applyAsLong(Count.ANSWERED)
                + toProvider.fromClient() * of.applyAsLong(Count.OPENED)
                + toReceiver.fromServer() * of.applyAsLong(Count.OPENED_TO_PUSH);
    }

    /** What all answers of a run, and its webhooks, send to the consumers. */
    public double bytesToConsumer(ToLongFunction<Count> of) {
        long hits = of.applyAsLong(Count.HITS) + of.applyAsLong(Count.FURTHER_PAGES);
        return emptyBytes * (of.applyAsLong(Count.POLLS) - of.applyAsLong(Count.HITS))
                + pageBytes * hits
                + eventBytes * of.applyAsLong(Count.FETCHED)
                + attemptBytes * of.applyAsLong(Count.ANSWERED)
                + toProvider.fromServer() * of.applyAsLong(Count.OPENED)
                + toReceiver.fromClient() * of.applyAsLong(Count.OPENED_TO_PUSH);
    }
}
