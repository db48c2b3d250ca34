package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.webhook.WebhookEndpoint;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.load.HostileTraffic;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Inbox;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A rig that pushes its events to receivers. Their common inbox may misbehave on purpose. */
final class WebhookRig implements AutoCloseable {
    /** Separates a delivery id from the suffix that makes it new to an inbox that forgets. */
    static final String AGAIN = "#";

    private static final int MAX_BODY_BYTES = 256 << 10;
    private static final int PROCESSING_QUEUE = 100_000;

    private final Setup setup;
    private final List<ArrivalProcess> arrivals = new ArrayList<>();
    private final String secret = SignatureSchemes.DEFAULT.newSecret();
    private final RoleThreads threads = new RoleThreads("rig", RoleThreads.CONSUMER);
    private final Inbox inbox;
    private WebhookEndpoint endpoint;
    private long duplicatesBefore;
    private Rig rig;
    private int periods;
    private EventPeriod period;
    private volatile DeliveryLedger ledger = new DeliveryLedger(0);
    private volatile Attempts attempts = new Attempts();
    private volatile Inbox.Message recorded;

    /**
     * @param arrivals of each receiver's stream; in the n-th period, stream m (from 0) is drawn from {@code seed + n +
     *     m}
     * @param trouble makes the receivers' inbox misbehave
     * @param processingNanos how long a message is processed after it was acknowledged
     */
    record Setup(
            ArrivalProcess arrivals,
            int receivers,
            Scenario.Webhooks webhooks,
            UnaryOperator<Inbox> trouble,
            long processingNanos,
            long seed) {
        /** Poisson events to one receiver that behaves properly. */
        Setup(double ratePerSecond, Scenario.Webhooks webhooks, long seed) {
            this(new PoissonArrivals(ratePerSecond), 1, webhooks, UnaryOperator.identity(), 0, seed);
        }
    }

    /**
     * The result of a period.
     *
     * @param latency from intended time to received and verified, for first arrivals that were processed
     * @param answers how long the sender waited for each answer that came
     * @param timeouts attempts without an answer in time
     * @param effects events processed at least once
     * @param repeatedEffects events processed more than once
     * @param strangers messages processed that were not events of this period
     */
    record Result(
            long events,
            long attempts,
            long timeouts,
            long duplicates,
            long outOfOrder,
            long effects,
            long repeatedEffects,
            long strangers,
            Distribution latency,
            Distribution answers) {}

    /** @throws IOException when the receivers cannot reach the provider */
    WebhookRig(Setup setup) throws IOException {
        this.setup = setup;
        inbox = setup.trouble()
                .apply(Inbox.open(StoreAddress.MEMORY, new Inbox.Settings("rig", PROCESSING_QUEUE), threads));
        endpoint = listeningAt(0);
        try {
            rig = newRig();
            for (int receiver = 0; receiver < setup.receivers(); receiver++) {
                sendAlso(endpoint.address(receiver), setup.arrivals());
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Rig newRig() throws IOException {
        return new Rig(
                ClaimScenario.usual(setup.seed()).withWebhooks(setup.webhooks()),
                (url, dueNanos, sentNanos, doneNanos, exchange) -> attempts.add(exchange, doneNanos - sentNanos));
    }

    private WebhookEndpoint listeningAt(int port) {
        return new WebhookEndpoint(
                new WebhookEndpoint.Settings("127.0.0.1", port, SignatureSchemes.DEFAULT, secret, MAX_BODY_BYTES),
                inbox,
                threads,
                this::process);
    }

    /** Sends the events of one more stream somewhere; they are not part of the results. */
    void sendAlso(URI callback, ArrivalProcess itsArrivals) throws IOException {
        rig.subscribe(callback, arrivals.size(), secret);
        arrivals.add(itsArrivals);
    }

    /** The address for a receiver's webhooks, one of the setup's or another. */
    URI address(int receiver) {
        return endpoint.address(receiver);
    }

    /** Nobody listens for a time, as when the receiver's server is down; it keeps what it has in memory. */
    void down(long nanos) throws InterruptedException {
        int port = stopListening();
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } finally {
            listenAgain(port);
        }
    }

    /** @return the port that is now free */
    int stopListening() {
        int port = endpoint.address(0).getPort();
        endpoint.close();
        duplicatesBefore -= endpoint.duplicates(); // the next one counts from zero
        return port;
    }

    void listenAgain(int port) {
        endpoint = listeningAt(port);
    }

    /** The provider ends, and another starts with what its outbox kept. */
    void restartProvider() throws IOException {
        rig.close();
        rig = newRig();
    }

    /** Requests that the receiver itself refused. */
    long refusedByReceiver() {
        return endpoint.refused().values().stream().mapToLong(Long::longValue).sum();
    }

    /** What attackers know who have seen a genuine webhook. */
    HostileTraffic.Target target() {
        return new HostileTraffic.Target(
                address(0), SignatureSchemes.DEFAULT, secret, recorded.deliveryId(), recorded.body());
    }

    /** The latest one. */
    EventPeriod period() {
        return period;
    }

    /** What happened to its events so far. */
    DeliveryLedger ledger() {
        return ledger;
    }

    private void process(Inbox.Message message) {
        if (setup.processingNanos() > 0) {
            new PreciseWaiter(NanoClock.SYSTEM).parkUntil(NanoClock.SYSTEM.nanoTime() + setup.processingNanos());
        }
        recorded = message;
        ledger.receive(message.deliveryId().split(AGAIN)[0], message.receivedNanos());
    }

    /**
     * Lets events occur for a time and waits at most as long again for what is on its way.
     *
     * @return figures of this time only
     */
    Result observe(long durationNanos, long drainNanos) throws IOException, InterruptedException {
        return observe(durationNanos, drainNanos, () -> {});
    }

    /** @param meanwhile run by the calling thread while events occur */
    Result observe(long durationNanos, long drainNanos, Meanwhile meanwhile) throws IOException, InterruptedException {
        long first = setup.seed() + ++periods;
        ArrivalStreams streams = new ArrivalStreams(
                arrivals.size(), stream -> arrivals.get(stream).times(new SplittableRandom(first + stream)));
        duplicatesBefore = endpoint.duplicates();
        Attempts made = new Attempts();
        attempts = made;
        DeliveryLedger ofPeriod = new DeliveryLedger(setup.receivers());
        ledger = ofPeriod;
        try (EventPeriod begun = rig.begin(streams, durationNanos, ofPeriod)) {
            period = begun;
            meanwhile.run();
            begun.awaitEnd(drainNanos);
        }
        return made.result(ofPeriod, endpoint.duplicates() - duplicatesBefore);
    }

    /** An action that may be interrupted. */
    interface Meanwhile {
        void run() throws InterruptedException, IOException;
    }

    private static final class Attempts {
        private final LatencyHistogram answers = new LatencyHistogram();
        private long made;
        private long unanswered;

        synchronized void add(Exchange exchange, long tookNanos) {
            made++;
            if (exchange.ending() == Ending.ANSWERED) {
                answers.record(tookNanos);
            } else {
                unanswered++;
            }
        }

        synchronized Result result(DeliveryLedger ledger, long duplicates) {
            return new Result(
                    ledger.events(),
                    made,
                    unanswered,
                    duplicates,
                    ledger.outOfOrder(),
                    ledger.received(),
                    ledger.repeated(),
                    ledger.strangers(),
                    ledger.latency(),
                    answers.distribution());
        }
    }

    @Override
    public void close() {
        if (rig != null) {
            rig.close();
        }
        endpoint.close();
    }
}
