package dev.pushpull.experiment.processes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.experiment.run.SentByPart;
import dev.pushpull.host.FarClock;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Place;
import dev.pushpull.hosts.ClockComparison;
import dev.pushpull.measure.Recording;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.TraceArrivals;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages between a run and its parts in other processes: a line of JSON each. */
final class ChildMessages {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule().addSerializer(StoreAddress.class, new WholeAddress()))
            .build();

    private ChildMessages() {}

    /**
     * A request to a part.
     *
     * @param mode the mode addressed; empty for all
     * @param body of the type that the verb needs, as JSON
     */
    record Command(String verb, String mode, String body) {}

    /**
     * The answer.
     *
     * @param failure empty if there was none
     */
    record Reply(String failure, String body) {}

    /**
     * Creates the provider or consumers of a mode.
     *
     * @param asked as JSON has it
     * @param recordedNanos a trace's times, which the JSON leaves out; empty without a trace
     * @param provider its address; empty for the provider itself
     * @param where what the part is responsible for
     * @param others the parts with consumers, which the provider serves
     */
    record Open(Scenario asked, long[] recordedNanos, int followed, String provider, Where where, List<Where> others) {
        static Open of(Scenario scenario, int followed, String provider, Where where, List<Where> others) {
            long[] recorded = scenario.events().arrivals() instanceof TraceArrivals trace
                    ? trace.originalEpochNanos()
                    : new long[0];
            return new Open(scenario, recorded, followed, provider, where, others);
        }

        Scenario scenario() {
            Scenario.Events events = asked.events();
            return events.arrivals() instanceof TraceArrivals trace
                    ? asked.withEvents(new Scenario.Events(
                            trace.replaying(recordedNanos),
                            events.streams(),
                            events.consumers(),
                            events.payloadBytes(),
                            events.type(),
                            events.retention()))
                    : asked;
        }
    }

    /**
     * What a part is responsible for, and where others reach it, as {@link Place} has it.
     *
     * @param from its first consumer
     * @param to the one after its last
     */
    record Where(int from, int to, String bind, String advertised) {
        static final Where WHOLE =
                new Where(Place.WHOLE.from(), Place.WHOLE.to(), Place.WHOLE.bind(), Place.WHOLE.advertised());

        Place place(Optional<FarClock> provider) {
            return new Place(from, to, bind, advertised, provider);
        }
    }

    /**
     * Who a part is.
     *
     * @param program its version
     * @param java the version of its Java
     * @param processors that it may use
     * @param clocks of its host
     * @param clockPort at which it tells its clock; 0 for none
     */
    record Hello(String program, String java, int processors, HostClocks clocks, int clockPort) {}

    /**
     * The address of a host's clock.
     *
     * @param same whether it is the part's own: then it only shows that the way is open
     */
    record ClockAt(String host, int port, boolean same) {
        InetSocketAddress address() {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    /** A part was told when to start so long before that; 0 or less if it was too late. */
    record Acknowledged(long aheadNanos) {}

    /** A stretch of time on the provider's clock. */
    record Stretch(long fromNanos, long toNanos) {}

    /** The consumer of each callback URL. */
    record Endpoints(Map<String, Integer> byUrl) {}

    /** A moment of the provider's monotonic clock. */
    record Moment(long nanos) {}

    /** When the measured time of each mode begins, on the provider's monotonic clock. */
    record Starts(Map<String, Long> nanosByMode) {}

    /** The state of a provider. */
    record ProviderState(long occurred, long attempts, boolean idle) {}

    /** The state of consumers. */
    record ConsumerState(long requests, long delivered) {}

    /**
     * Everything recorded at a provider.
     *
     * @param served requests by the address from which they came
     * @param sent to the consumers of each part
     */
    record ProviderReport(
            Recording record,
            ProviderBooks books,
            long occurred,
            Map<Integer, Long> lastSequences,
            List<String> failures,
            double lentCpuMillis,
            Map<String, Long> served,
            List<SentByPart.Sent> sent) {}

    /**
     * Everything recorded at consumers.
     *
     * @param earliestNanos how much earlier than its event the earliest delivery seemed to be
     * @param address its own, as its provider sees it where nothing translates it
     */
    record ConsumerReport(
            Recording record,
            ConsumerBooks books,
            Map<Integer, List<Long>> missing,
            long earliestNanos,
            ClockComparison clock,
            String address) {}

    /** Newest sequences by stream. */
    record Sequences(Map<Integer, Long> byStream) {}

    /** Journal steps, in the order in which they were recorded. */
    record Steps(List<JournalStep> steps) {}

    /**
     * What a process used.
     *
     * @param hiccups of its host meanwhile, where that is not the host of others
     */
    record Used(Map<String, Double> millisByRole, ProcessFigures figures, Distribution hiccups) {}

    /** Elsewhere the address is shown without its password; here a part must be able to open it. */
    private static final class WholeAddress extends JsonSerializer<StoreAddress> {
        @Override
        public void serialize(StoreAddress address, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(address.text());
        }
    }

    static String text(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that has no JSON form", e);
        }
    }

    static <T> T read(String text, Class<T> kind) {
        try {
            return MAPPER.readValue(text, kind);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a line of another process is no " + Failures.words(kind.getSimpleName()) + ": "
                            + Failures.sentence(e),
                    e);
        }
    }
}
