package dev.pushpull.report.shared;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.CapacityStep.Circumstances;
import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.OlderModes;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.Slots;
import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.scenario.SweepRecord;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.RequestQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code run.json}: the whole run record, names in snake_case, nanoseconds as integers. */
public final class RunJson {
    public static final String FILE = "run.json";

    private static final JsonSetter.Value EMPTY_FOR_NULL = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    /** Doubles as the shortest plain decimals; all in one line, since programs read it. */
    public static final ObjectMapper MAPPER = mapper();

    private RunJson() {}

    public static String render(RunRecord run) {
        return text(run) + "\n";
    }

    /** Any value as JSON. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that has no JSON form", e);
        }
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when there is no run, or it cannot be read */
    public static RunRecord read(Path folder) {
        JsonNode tree = tree(folder);
        if (tree.has("cells")) {
            throw Quantity.wrong("RUN", folder.toString(), "the results folder of one run; this is a sweep's");
        }
        return record(tree, RunRecord.class, folder);
    }

    /**
     * The content of a folder's {@code run.json}, if this program knows its version.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when there is none, or it cannot be read
     */
    public static JsonNode tree(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw Quantity.wrong("RUN", folder.toString(), "a results folder with a " + FILE);
        }
        try {
            JsonNode tree = MAPPER.readTree(file.toFile());
            int version = tree.path("schema_version").asInt(0);
            if (version > RunRecord.SCHEMA_VERSION) {
                throw Quantity.wrong(
                        "schema_version of " + file,
                        String.valueOf(version),
                        "up to " + RunRecord.SCHEMA_VERSION + "; a newer pushpull wrote this run");
            }
            if (version < 1) {
                throw Quantity.wrong("RUN", file.toString(), "a " + FILE + " with a schema_version");
            }
            return tree;
        } catch (IOException e) {
            throw incomplete(file, e);
        }
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when something is missing in it or has another type */
    public static <T> T record(JsonNode tree, Class<T> type, Path folder) {
        try {
            T read = MAPPER.treeToValue(tree, type);
            return read instanceof RunRecord run
                    ? type.cast(OlderModes.declared(run))
                    : read instanceof SweepRecord sweep ? type.cast(OlderModes.declared(sweep)) : read;
        } catch (IOException | IllegalArgumentException e) {
            throw incomplete(folder.resolve(FILE), e);
        } catch (NullPointerException e) {
            throw incomplete(folder.resolve(FILE), new IllegalArgumentException("null in the place of a part of it"));
        }
    }

    private static InvalidInputException incomplete(Path file, Exception e) {
        return Quantity.wrong("RUN", file.toString(), "a complete " + FILE + " (" + oneLine(e) + ")");
    }

    /** What is wrong, and where. */
    public static String oneLine(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : Failures.sentence(e);
        String line = Failures.withoutClassNames(String.valueOf(message))
                .lines()
                .findFirst()
                .orElse("");
        line = TerminalText.unbounded(line);
        return e instanceof JsonProcessingException json
                        && json.getLocation() != null
                        && json.getLocation().getLineNr() > 0
                ? "line %d, column %d: %s"
                        .formatted(
                                json.getLocation().getLineNr(),
                                json.getLocation().getColumnNr(),
                                line)
                : line;
    }

    private static ObjectMapper mapper() {
        SimpleModule decimals = new SimpleModule("shortest decimals");
        decimals.addSerializer(Double.class, new ShortestDouble());
        decimals.addSerializer(double.class, new ShortestDouble());
        decimals.addSerializer(OptionalDouble.class, new NullWhenEmpty());
        decimals.addDeserializer(OptionalDouble.class, new EmptyWhenNull());
        decimals.addSerializer(String.class, new Masked());
        // defaults for runs made before these existed
        decimals.addDeserializer(StoreAddress.class, new Otherwise<>(StoreAddress.class, StoreAddress.MEMORY));
        decimals.addDeserializer(DisablingRule.class, new Otherwise<>(DisablingRule.class, DisablingRule.NONE));
        decimals.addDeserializer(Endpoints.class, new Otherwise<>(Endpoints.class, Endpoints.ALIKE));
        decimals.addDeserializer(WebhookSender.class, new Otherwise<>(WebhookSender.class, WebhookSender.OWN));
        decimals.addDeserializer(Conditions.class, new Otherwise<>(Conditions.class, Conditions.UNKNOWN));
        decimals.addDeserializer(
                SteadinessVerdict.class, new Otherwise<>(SteadinessVerdict.class, SteadinessVerdict.UNKNOWN));
        decimals.addDeserializer(Scenario.Wire.class, new Otherwise<>(Scenario.Wire.class, Scenario.Wire.LOOPBACK));
        decimals.addDeserializer(ModeTraits.class, new Otherwise<>(ModeTraits.class, ModeTraits.UNDECLARED));
        decimals.addDeserializer(RateUnit.class, new Otherwise<>(RateUnit.class, RateUnit.ANY));
        decimals.addDeserializer(RequestQuota.class, new Otherwise<>(RequestQuota.class, RequestQuota.NONE));
        decimals.addDeserializer(Pricing.class, new PricingOrPrice());
        decimals.addDeserializer(CapacityMeans.class, new Otherwise<>(CapacityMeans.class, CapacityMeans.DOUBLING));
        decimals.addDeserializer(CapacityAnswer.class, new Otherwise<>(CapacityAnswer.class, CapacityAnswer.NONE));
        decimals.addDeserializer(Held.class, new Otherwise<>(Held.class, Held.NONE));
        decimals.addDeserializer(Slots.class, new Otherwise<>(Slots.class, Slots.NONE));
        decimals.addDeserializer(Circumstances.class, new Otherwise<>(Circumstances.class, Circumstances.UNKNOWN));
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // an old run's missing list or map is empty; a missing figure is an error
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .withConfigOverride(List.class, lists -> lists.setSetterInfo(EMPTY_FOR_NULL))
                .withConfigOverride(Map.class, maps -> maps.setSetterInfo(EMPTY_FOR_NULL))
                .withConfigOverride(long[].class, arrays -> arrays.setSetterInfo(EMPTY_FOR_NULL))
                .addModule(decimals)
                .addMixIn(Scenario.Webhooks.class, ShownWebhooks.class)
                .build();
    }

    /** Results are passed on to others, so the user's own webhook headers are left out. */
    abstract static class ShownWebhooks {
        @JsonSerialize(using = MaskedHeaders.class)
        abstract Map<String, String> headers();
    }

    private static final class MaskedHeaders extends JsonSerializer<Map<String, String>> {
        @Override
        public void serialize(Map<String, String> headers, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeStartObject();
            for (Map.Entry<String, String> header : headers.entrySet()) {
                boolean harmless = Secrets.isHarmless(header.getKey() + ":" + header.getValue());
                json.writeStringField(header.getKey(), harmless ? header.getValue() : Secrets.MASK);
            }
            json.writeEndObject();
        }
    }

    private static final class Masked extends JsonSerializer<String> {
        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Secrets.masked(text));
        }
    }

    private static final class NullWhenEmpty extends JsonSerializer<OptionalDouble> {
        @Override
        public void serialize(OptionalDouble value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(value.isPresent() ? value.getAsDouble() : null, json);
        }
    }

    private static final class EmptyWhenNull extends JsonDeserializer<OptionalDouble> {
        @Override
        public OptionalDouble deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return OptionalDouble.of(json.getValueAsDouble());
        }

        @Override
        public OptionalDouble getNullValue(DeserializationContext context) {
            return OptionalDouble.empty();
        }
    }

    /** A value that older runs do not have. */
    private static class Otherwise<T> extends JsonDeserializer<T> {
        private static final ObjectMapper PLAIN = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(new SimpleModule().addDeserializer(OptionalDouble.class, new EmptyWhenNull()))
                .build();

        private final Class<T> type;
        private final T missing;

        Otherwise(Class<T> type, T missing) {
            this.type = type;
            this.missing = missing;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return PLAIN.readValue(json, type);
        }

        @Override
        public T getNullValue(DeserializationContext context) {
            return missing;
        }
    }

    /** Before version 5, a number: the price of a million requests. */
    private static final class PricingOrPrice extends Otherwise<Pricing> {
        PricingOrPrice() {
            super(Pricing.class, Pricing.NONE);
        }

        @Override
        public Pricing deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.currentToken().isNumeric()
                    ? Pricing.ofRequests(json.getDoubleValue())
                    : super.deserialize(json, context);
        }
    }

    private static final class ShortestDouble extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(Decimals.shortest(value));
            } else {
                json.writeNumber(value); // as "NaN" in quotes, which reads back
            }
        }
    }
}
