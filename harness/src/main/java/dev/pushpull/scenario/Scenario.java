package dev.pushpull.scenario;

import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked: one record a concern, and the options that a delivery mode declares for itself.
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
    /** Whether each consumer has events of its own or all share one stream. */
    public enum Streams {
        PER_CONSUMER,
        SHARED
    }

    /**
     * What occurs.
     *
     * @param arrivals the law of one stream's event times
     * @param consumers how many consumers want the events, at least 1
     * @param payloadBytes size of an event's {@code data}
     * @param type the {@code type} of every event
     * @param retention how many of the newest events of a stream the provider keeps
     * @param rateUnit in which the rate was given, for people
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
        /** At a rate that nobody gave in a unit of their own. */
        public Events(
                ArrivalProcess arrivals, Streams streams, int consumers, int payloadBytes, String type, int retention) {
            this(arrivals, streams, consumers, payloadBytes, type, retention, RateUnit.ANY);
        }

        /** The rate of one stream as it stands in a sentence, to three digits. */
        public String readableRate() {
            return rateUnit.readable(arrivals.ratePerSecond());
        }

        /** The rate of one stream as it names a cell of a grid, to six digits. */
        public String rateName() {
            return rateUnit.name(arrivals.ratePerSecond());
        }

        /** How many streams there are. */
        public int streamCount() {
            return streams == Streams.SHARED ? 1 : consumers;
        }

        /** How many consumers each event goes to. */
        public int consumersPerStream() {
            return streams == Streams.SHARED ? consumers : 1;
        }

        /** The name of a stream as it stands in events and requests. */
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
     * @param pageLimit the most events a response carries
     * @param quota how often one consumer may ask
     */
    @RecordBuilder
    public record Polling(long intervalNanos, int pageLimit, Phase phase, RequestQuota quota)
            implements ScenarioPollingBuilder.With {
        /** As often as it likes. */
        public Polling(long intervalNanos, int pageLimit, Phase phase) {
            this(intervalNanos, pageLimit, phase, RequestQuota.NONE);
        }
    }

    /**
     * How webhooks are sent and taken.
     *
     * @param scheme the signature scheme
     * @param retries when each attempt is made
     * @param maxInFlight most attempts under way in all
     * @param maxInFlightPerEndpoint most attempts under way to one endpoint
     * @param connectTimeoutNanos until a connection stands
     * @param responseTimeoutNanos until the response is there
     * @param processingQueue most events waiting for processing after the acknowledgement
     * @param inbox where receivers save what they acknowledge
     * @param outbox where the provider keeps what it owes
     * @param disabling when the provider stops sending to an endpoint that fails
     * @param headers sent with every webhook besides the signature's, by name
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
            Map<String, String> headers)
            implements ScenarioWebhooksBuilder.With {
        /** With an inbox and an outbox that are gone with the process. */
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
                    Map.of());
        }
    }

    /**
     * How long the legs between consumer and provider take: assumed for a prediction, taken from the warm-up for a live
     * run, never from the trial that is judged.
     *
     * @param pollResponseNanos v: from the provider's look at its log to the parsed response; the mean when it is drawn
     * @param webhookNanos d: from the event to the verified webhook; the mean when it is drawn
     * @param drawn what virtual time draws a leg from, each time anew; a leg that is not in it is constant
     */
    public record Network(long pollResponseNanos, long webhookNanos, Map<Leg, Distribution> drawn) {
        /** Legs that take no time. */
        public static final Network NONE = new Network(0, 0);

        /** Constant legs. */
        public Network(long pollResponseNanos, long webhookNanos) {
            this(pollResponseNanos, webhookNanos, Map.of());
        }

        /** What a leg is drawn from; empty when it is constant. */
        public Optional<Distribution> drawn(Leg leg) {
            return Optional.ofNullable(drawn.get(leg));
        }
    }

    /** A way that information takes between provider and consumer. */
    public enum Leg {
        POLL_RESPONSE,
        WEBHOOK
    }

    /**
     * What lies between consumers and provider. Where anything of it is asked for, each consumer has connections of its
     * own, as if it were a host of its own; over bare loopback they share.
     *
     * @param tls whether connections are encrypted
     * @param rttNanos how long a round trip takes, half of it each way, besides what the machine itself needs
     * @param keepAliveNanos how long a client keeps a connection that is idle; 0 for not at all, {@link #AS_USUAL}
     */
    public record Wire(boolean tls, long rttNanos, long keepAliveNanos) {
        /** Nobody said how long idle connections are kept. */
        public static final long AS_USUAL = -1;

        /** What clients do of themselves; servers keep connections longer. */
        private static final long USUALLY_KEPT_NANOS = 45_000_000_000L;

        /** Nothing but the machine itself. */
        public static final Wire LOOPBACK = new Wire(false, 0, AS_USUAL);

        /** Whether there is more than the machine itself. */
        public boolean modelled() {
            return !equals(LOOPBACK);
        }

        /** How long a client keeps a connection that is idle. */
        public long keptNanos() {
            return keepAliveNanos == AS_USUAL ? USUALLY_KEPT_NANOS : keepAliveNanos;
        }

        /** One way. */
        public long legNanos() {
            return rttNanos / 2;
        }

        /** Until a new connection stands: a round trip for TCP's handshake and one for that of TLS 1.3. */
        public long setUpNanos() {
            return tls ? 2 * rttNanos : rttNanos;
        }

        /** The same with idle connections kept otherwise. */
        public Wire keeping(long nanos) {
            return new Wire(tls, rttNanos, nanos);
        }

        /** The same without delay. */
        public Wire near() {
            return new Wire(tls, 0, keepAliveNanos);
        }
    }

    /**
     * What goes wrong, in virtual time.
     *
     * @param outages when no consumer can be reached and none polls
     * @param meanUpNanos mean time between random outages; 0 for none
     * @param meanDownNanos mean length of a random outage
     * @param failureRate share of webhook attempts that fail for no reason, 0 to 1
     */
    @RecordBuilder
    public record Faults(List<Outage> outages, long meanUpNanos, long meanDownNanos, double failureRate)
            implements ScenarioFaultsBuilder.With {
        /** Nothing goes wrong. */
        public static final Faults NONE = new Faults(List.of(), 0, 0, 0);
    }

    /** From {@code startNanos} after the start of the run, for {@code lengthNanos}. */
    public record Outage(long startNanos, long lengthNanos) {}

    /**
     * How it is run.
     *
     * @param modes delivery modes, in the order asked for
     * @param durationNanos the measured time
     * @param drainNanos most time after it to wait for what is still on its way, beyond one interval
     * @param isolate one mode after another instead of side by side
     */
    @RecordBuilder
    public record Run(List<String> modes, long durationNanos, long drainNanos, long seed, boolean isolate)
            implements ScenarioRunBuilder.With {}

    /** The same system at full speed: 8 consumers that poll every millisecond, and 5,000 events a second among them. */
    public Scenario atFullSpeed() {
        int few = 8;
        return withEvents(ofPoisson(5000.0 / few)
                        .withStreams(Streams.PER_CONSUMER)
                        .withConsumers(few))
                .withPolling(new Polling(1_000_000, polling.pageLimit(), Phase.RANDOM))
                .withRun(run.withDurationNanos(20_000_000_000L).withDrainNanos(0))
                .withModeOptions(Map.of());
    }

    /** The same scenario for about a second, hurried where it would bring fewer than some dozens of requests. */
    public Scenario paced() {
        double leastPerSecond = 40;
        double ratePerStream = Math.max(events.arrivals().ratePerSecond(), leastPerSecond / events.streamCount());
        long mostIntervalNanos = Math.round(1e9 * events.consumers() / leastPerSecond);
        long intervalNanos = Math.min(polling.intervalNanos(), mostIntervalNanos);
        return withEvents(ofPoisson(ratePerStream))
                .withPolling(new Polling(intervalNanos, polling.pageLimit(), polling.phase()))
                .withRun(run.withDurationNanos(1_000_000_000L).withDrainNanos(0));
    }

    private Events ofPoisson(double ratePerSecond) {
        return events.withArrivals(new PoissonArrivals(ratePerSecond)).withRateUnit(RateUnit.ANY);
    }

    /** lambda * T: mean events of one stream per poll interval. */
    public double loadFactor() {
        return events.arrivals().ratePerSecond() * polling.intervalNanos() / 1e9;
    }
}
