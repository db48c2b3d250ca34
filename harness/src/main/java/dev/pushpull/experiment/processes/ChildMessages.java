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
import dev.pushpull.measure.Recording;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.TraceArrivals;
import java.io.IOException;
import java.util.List;
import java.util.Map;

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
     */
    record Open(Scenario asked, long[] recordedNanos, int followed, String provider) {
        static Open of(Scenario scenario, int followed, String provider) {
            long[] recorded = scenario.events().arrivals() instanceof TraceArrivals trace
                    ? trace.originalEpochNanos()
                    : new long[0];
            return new Open(scenario, recorded, followed, provider);
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

    /** The consumer of each callback URL. */
    record Endpoints(Map<String, Integer> byUrl) {}

    /** A moment of the monotonic clock. */
    record Moment(long nanos) {}

    /** When the measured time of each mode begins, on the monotonic clock. */
    record Starts(Map<String, Long> nanosByMode) {}

    /** The state of a provider. */
    record ProviderState(long occurred, long attempts, boolean idle) {}

    /** The state of consumers. */
    record ConsumerState(long requests, long delivered) {}

    /** Everything recorded at a provider. */
    record ProviderReport(
            Recording record,
            ProviderBooks books,
            long occurred,
            Map<Integer, Long> lastSequences,
            List<String> failures,
            double lentCpuMillis) {}

    /** Everything recorded at consumers. */
    record ConsumerReport(Recording record, ConsumerBooks books, Map<Integer, List<Long>> missing) {}

    /** Newest sequences by stream. */
    record Sequences(Map<Integer, Long> byStream) {}

    /** Journal steps, in the order in which they were recorded. */
    record Steps(List<JournalStep> steps) {}

    /** What a process used. */
    record Used(Map<String, Double> millisByRole, ProcessFigures figures) {}

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
