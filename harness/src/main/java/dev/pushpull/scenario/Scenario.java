package dev.pushpull.scenario;

import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What to run: one record for each concern, and the options that delivery modes declare.
 *
 * @param modeOptions the values given for options of {@link ModeOption} kind, by flag; absent means the default
 */
@RecordBuilder
public record Scenario(
        Events events,
        Polling polling,
        Webhooks webhooks,
        Network network,
        Wire wire,
        Faults faults,
        Run run,
        Map<String, String> modeOptions)
        implements ScenarioBuilder.With {
    /** Whether each consumer has its own events or all share one stream. */
    public enum Streams {
        PER_CONSUMER,
        SHARED
    }

    /**
     * The events.
     *
     * @param arrivals the law of event times in one stream
     * @param consumers how many consumers want the events, at least 1
     * @param payloadBytes size of an event's {@code data}
     * @param type the {@code type} of every event
     * @param retention how many of a stream's newest events the provider keeps
     * @param rateUnit the unit in which the rate was given, for people
     */
    @RecordBuilder
    public record Events(
            ArrivalProcess arrivals,
            Streams streams,
            int consumers,
            int payloadBytes,
            String type,
            int retention,
            RateUnit rateUnit)
            implements ScenarioEventsBuilder.With {
        /** With a rate for which nobody gave a unit. */
        public Events(
                ArrivalProcess arrivals, Streams streams, int consumers, int payloadBytes, String type, int retention) {
            this(arrivals, streams, consumers, payloadBytes, type, retention, RateUnit.ANY);
        }

        /** The rate of one stream for a sentence, to three digits. */
        public String readableRate() {
            return rateUnit.readable(arrivals.ratePerSecond());
        }

        /** The rate of one stream as the name of a grid's cell, to six digits. */
        public String rateName() {
            return rateUnit.name(arrivals.ratePerSecond());
        }

        /** The number of streams. */
        public int streamCount() {
            return streams == Streams.SHARED ? 1 : consumers;
        }

        /** The number of consumers that each event goes to. */
        public int consumersPerStream() {
            return streams == Streams.SHARED ? consumers : 1;
        }

        /** The name of a stream in events and requests. */
        public String streamName(int stream) {
            return streams == Streams.SHARED ? "shared" : "c" + stream;
        }

        /** The stream a consumer follows. */
        public int streamOf(int consumer) {
            return streams == Streams.SHARED ? 0 : consumer;
        }
    }

    /**
     * How consumers poll.
     *
     * @param intervalNanos T
     * @param pageLimit the most events in a response
     * @param quota how often one consumer may poll
     */
    @RecordBuilder
    public record Polling(long intervalNanos, int pageLimit, Phase phase, RequestQuota quota)
            implements ScenarioPollingBuilder.With {
        public Polling(long intervalNanos, int pageLimit, Phase phase) {
            this(intervalNanos, pageLimit, phase, RequestQuota.NONE);
        }
    }

    /**
     * How webhooks are sent and received.
     *
     * @param scheme the signature scheme
     * @param retries when each attempt is made
     * @param maxInFlight most attempts in flight in total
     * @param maxInFlightPerEndpoint most attempts in flight to one endpoint
     * @param connectTimeoutNanos until a connection is open
     * @param responseTimeoutNanos until the response has arrived
     * @param processingQueue most acknowledged events waiting for processing
     * @param inbox where receivers store what they acknowledge
     * @param outbox where the provider stores unfinished deliveries
     * @param disabling when the provider stops sending to a failing endpoint
     * @param headers sent with every webhook besides the signature's, by name
     * @param sender what they are sent with
     * @param endpoints how those of the consumers differ
     */
    @RecordBuilder
    public record Webhooks(
            String scheme,
            RetrySchedule retries,
            int maxInFlight,
            int maxInFlightPerEndpoint,
            long connectTimeoutNanos,
            long responseTimeoutNanos,
            int processingQueue,
            StoreAddress inbox,
            StoreAddress outbox,
            DisablingRule disabling,
            Map<String, String> headers,
            WebhookSender sender,
            Endpoints endpoints)
            implements ScenarioWebhooksBuilder.With {
        /** With an inbox and an outbox that are lost when the process ends. */
        public Webhooks(
                String scheme,
                RetrySchedule retries,
                int maxInFlight,
                int maxInFlightPerEndpoint,
                long connectTimeoutNanos,
                long responseTimeoutNanos,
                int processingQueue) {
            this(
                    scheme,
                    retries,
                    maxInFlight,
                    maxInFlightPerEndpoint,
                    connectTimeoutNanos,
                    responseTimeoutNanos,
                    processingQueue,
                    StoreAddress.MEMORY,
                    StoreAddress.MEMORY,
                    DisablingRule.NONE,
                    Map.of(),
                    WebhookSender.OWN,
                    Endpoints.ALIKE);
        }
    }

    /**
     * How long the legs between consumer and provider take: assumed for a prediction, measured in the warm-up for a
     * live run, and never taken from the trial that is judged.
     *
     * @param pollResponseNanos v: from the provider's look at its log to the parsed response; the mean if it is drawn
     * @param webhookNanos d: from the event to the verified webhook; the mean if it is drawn
     * @param drawn the distributions from which virtual time draws a leg each time; a leg not in it is constant
     */
    public record Network(long pollResponseNanos, long webhookNanos, Map<Leg, Distribution> drawn) {
        public static final Network NONE = new Network(0, 0);

        public Network(long pollResponseNanos, long webhookNanos) {
            this(pollResponseNanos, webhookNanos, Map.of());
        }

        /** Legs of which one was measured on events: its median, and what it is drawn from. */
        public static Network learned(Leg leg, Distribution latency) {
            long median = latency.medianNanos();
            Map<Leg, Distribution> drawn = latency.count() == 0 ? Map.of() : Map.of(leg, latency);
            return new Network(leg == Leg.POLL_RESPONSE ? median : 0, leg == Leg.WEBHOOK ? median : 0, drawn);
        }

        /** The same as they might as well have been learned. */
        public Network resampled(RandomGenerator random) {
            Map<Leg, Distribution> again = new EnumMap<>(Leg.class);
            new TreeMap<>(drawn).forEach((leg, learned) -> again.put(leg, learned.resampled(random)));
            return new Network(pollResponseNanos, webhookNanos, again);
        }

        /** The same legs, each always as long. */
        public Network constant() {
            return new Network(pollResponseNanos, webhookNanos);
        }

        /** The distribution of a leg; empty when it is constant. */
        public Optional<Distribution> drawn(Leg leg) {
            return Optional.ofNullable(drawn.get(leg));
        }
    }

    /** One path of information between provider and consumer. */
    public enum Leg {
        POLL_RESPONSE,
        WEBHOOK,
        /** From the verified webhook to its answer at the provider; without a measurement as long as the webhook. */
        WEBHOOK_ANSWER
    }

    /**
     * What lies between consumers and provider. If any of it is set, each consumer has its own connections, as if it
     * were a host of its own; over plain loopback they share connections.
     *
     * @param tls whether connections are encrypted
     * @param rttNanos the length of a round trip, half of it each way, in addition to what the machine itself needs
     * @param keepAliveNanos how long a client keeps an idle connection; 0 for not at all, or {@link #AS_USUAL}
     * @param behind what stands there
     */
    public record Wire(boolean tls, long rttNanos, long keepAliveNanos, Middlebox behind) implements Between {
        /** Nobody set how long idle connections are kept. */
        public static final long AS_USUAL = -1;

        /** Nothing but the machine itself. */
        public static final Wire LOOPBACK = new Wire(false, 0, AS_USUAL);

        /** What older runs do not have stands nowhere. */
        public Wire {
            behind = behind == null ? Middlebox.NONE : behind;
        }

        /** With nothing that stands there. */
        public Wire(boolean tls, long rttNanos, long keepAliveNanos) {
            this(tls, rttNanos, keepAliveNanos, Middlebox.NONE);
        }

        /** Whether there is more than the machine itself. */
        public boolean modelled() {
            return !equals(LOOPBACK);
        }

        /** The same with another time for idle connections. */
        public Wire keeping(long nanos) {
            return new Wire(tls, rttNanos, nanos, behind);
        }

        /** The same with another delay, and without the limits of what stands there. */
        public Wire within(long nanos) {
            return new Wire(tls, nanos, keepAliveNanos, behind.withoutLimits());
        }

        /** The same with something else that stands there. */
        public Wire behind(Middlebox middlebox) {
            return new Wire(tls, rttNanos, keepAliveNanos, middlebox);
        }
    }

    /**
     * What goes wrong, live and in virtual time.
     *
     * @param outages during which no consumer can be reached and none polls
     * @param meanUpNanos mean time between random outages; 0 for none
     * @param meanDownNanos mean length of a random outage
     * @param failureRate share of webhook attempts that fail by chance, 0 to 1
     * @param duplicateRate share of those that did not fail but are answered as if they had, so that they are repeated
     */
    @RecordBuilder
    public record Faults(
            List<Outage> outages, long meanUpNanos, long meanDownNanos, double failureRate, double duplicateRate)
            implements ScenarioFaultsBuilder.With {
        /** Nothing goes wrong. */
        public static final Faults NONE = new Faults(List.of(), 0, 0, 0, 0);
    }

    /**
     * How to run it.
     *
     * @param modes delivery modes, in the order given
     * @param durationNanos the measured time
     * @param drainNanos how long after it to wait at most for what is on its way, beyond one interval
     * @param isolate whether modes run one after another instead of side by side
     */
    @RecordBuilder
    public record Run(List<String> modes, long durationNanos, long drainNanos, long seed, boolean isolate)
            implements ScenarioRunBuilder.With {}

    /** lambda * T: mean events of one stream per poll interval. */
    public double loadFactor() {
        return events.arrivals().ratePerSecond() * polling.intervalNanos() / 1e9;
    }
}
