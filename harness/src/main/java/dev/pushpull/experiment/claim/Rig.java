package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventFactory;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.EventSink;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import okhttp3.Request;

/**
 * A provider on loopback, a client for it, and events that occur there, one period after another. The experiment sets
 * up their receivers beside it.
 */
final class Rig implements AutoCloseable {
    static final String FIRST_CURSOR = "0";

    private final Scenario scenario;
    private final ProviderServer provider;
    private final ProviderClient client;
    private int periods;

    /**
     * @param scenario the form of events, how many are kept, how webhooks are sent, how often clients may poll, and the
     *     seed
     * @param attempts notified of each webhook attempt that is over
     * @throws IOException when the outbox cannot be used
     */
    Rig(Scenario scenario, AttemptListener attempts) throws IOException {
        this.scenario = scenario;
        RoleThreads threads = new RoleThreads("rig", RoleThreads.PROVIDER);
        provider = new ProviderServer(
                ProviderSettings.onLoopback(scenario),
                Outbox.open(scenario.webhooks().outbox(), "rig", threads),
                threads,
                NanoClock.SYSTEM,
                attempts);
        client = new ProviderClient(provider.address(), NanoClock.SYSTEM, new Recorder(1), 1, 0);
    }

    ProviderServer provider() {
        return provider;
    }

    /** Subscribes that URL to the events of a stream. */
    void subscribe(URI callback, int stream, String secret) throws IOException {
        client.subscribe(
                callback.toString(),
                scenario.webhooks().scheme(),
                scenario.events().streamName(stream),
                secret);
    }

    /** Polls once for the events of the first stream after a cursor. */
    Exchange poll(String cursor) {
        return client.execute(new Request.Builder()
                .url(client.at("events")
                        .addQueryParameter("stream", scenario.events().streamName(0))
                        .addQueryParameter("after", cursor)
                        .build())
                .build());
    }

    /** All kept events of the first stream, page after page. */
    List<Event> pollAll() throws IOException {
        List<Event> events = new ArrayList<>();
        EventPage page;
        String cursor = FIRST_CURSOR;
        do {
            page = EventJson.decodePage(poll(cursor).body());
            events.addAll(page.events());
            cursor = page.nextCursor();
        } while (page.hasMore());
        return events;
    }

    /** Events of one stream, the same whenever they occur. */
    static ArrivalStreams oneStream(ArrivalProcess arrivals, long seed) {
        return new ArrivalStreams(1, stream -> arrivals.times(new SplittableRandom(seed)));
    }

    /**
     * Lets events occur from shortly after now, with ids that no other period of this rig has.
     *
     * @param ledger notified of each event before it occurs
     */
    EventPeriod begin(ArrivalStreams arrivals, long durationNanos, DeliveryLedger ledger) {
        return begin(arrivals, durationNanos, ledger, () -> {});
    }

    /** @param afterEach run after each event, by the thread that lets them occur */
    EventPeriod begin(ArrivalStreams arrivals, long durationNanos, DeliveryLedger ledger, Runnable afterEach) {
        Scenario.Run run = scenario.run();
        EventFactory factory = new EventFactory(scenario.withRun(run.withSeed(run.seed() + periods++)));
        EventSink sink = (draft, stream, intendedNanos) -> {
            ledger.occurs(draft.id(), stream, intendedNanos);
            provider.append(draft, intendedNanos);
            afterEach.run();
        };
        return new EventPeriod(EventPlan.of(arrivals, durationNanos), factory, sink, durationNanos, ledger);
    }

    @Override
    public void close() {
        client.close();
        provider.close();
    }
}
