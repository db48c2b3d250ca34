package dev.pushpull.report.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JMH's measurements, read from its JSON. */
record JmhResults(List<Result> results) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One benchmark with one combination of its parameters.
     *
     * @param benchmark the method's full name
     * @param mode JMH's short name for what it measured, for instance {@code avgt}
     * @param parameters by name
     * @param secondary other counters, by name
     */
    record Result(
            String benchmark,
            String mode,
            Map<String, String> parameters,
            Effort effort,
            Machine machine,
            Metric primary,
            Map<String, Metric> secondary) {}

    /** How much was measured. */
    record Effort(int threads, int forks, int warmUps, String warmUpTime, int iterations, String iterationTime) {}

    /** The machine and JVM it ran on. */
    record Machine(String jmh, String jdk, String vm, List<String> arguments) {}

    /**
     * One figure.
     *
     * @param error half of the 99.9 % interval; NaN when unknown
     * @param iterations behind the figure, over all forks
     */
    record Metric(double score, double error, String unit, int iterations) {
        /** Whether iterations were added, not averaged: JMH adds counters of events. */
        boolean counted() {
            return unit.equals("#");
        }
    }

    /** @throws InvalidInputException when the file is not JMH's, is incomplete, or holds no results */
    static JmhResults read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Quantity.wrong("FILE", file.toString(), "the JSON that JMH has written");
        }
        try {
            JsonNode root = MAPPER.readTree(file.toFile());
            if (!root.isArray() || root.isEmpty()) {
                throw malformed(file, root.isArray() ? "it holds no results" : "it is no list of results");
            }
            List<Result> results = new ArrayList<>();
            for (JsonNode one : root) {
                results.add(result(one));
            }
            return new JmhResults(List.copyOf(results));
        } catch (JsonProcessingException e) {
            throw malformed(file, RunJson.oneLine(e));
        } catch (IOException | IllegalArgumentException e) {
            throw malformed(file, Failures.sentence(e));
        }
    }

    private static InvalidInputException malformed(Path file, String why) {
        return Quantity.wrong("FILE", file.toString(), "the whole JSON that JMH has written (" + why + ")");
    }

    private static Result result(JsonNode json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        json.path("params")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        Map<String, Metric> secondary = new LinkedHashMap<>();
        json.path("secondaryMetrics")
                .properties()
                .forEach(entry -> secondary.put(entry.getKey(), metric(entry.getValue(), entry.getKey())));
        List<String> arguments = new ArrayList<>();
        json.path("jvmArgs").forEach(argument -> arguments.add(argument.asText()));
        return new Result(
                text(json, "benchmark"),
                text(json, "mode"),
                parameters,
                new Effort(
                        json.path("threads").asInt(),
                        json.path("forks").asInt(),
                        json.path("warmupIterations").asInt(),
                        text(json, "warmupTime"),
                        json.path("measurementIterations").asInt(),
                        text(json, "measurementTime")),
                new Machine(
                        text(json, "jmhVersion"),
                        text(json, "jdkVersion"),
                        text(json, "vmName") + " " + text(json, "vmVersion"),
                        arguments),
                metric(json.path("primaryMetric"), "primaryMetric"),
                secondary);
    }

    private static Metric metric(JsonNode json, String name) {
        int iterations = 0;
        for (JsonNode fork : json.path(json.has("rawData") ? "rawData" : "rawDataHistogram")) {
            iterations += fork.size();
        }
        return new Metric(
                number(json, "score", name), number(json, "scoreError", name), text(json, "scoreUnit"), iterations);
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a result without a " + field);
        }
        return value.asText();
    }

    /** JMH writes values that are not finite as text. */
    private static double number(JsonNode json, String field, String metric) {
        JsonNode value = json.path(field);
        if (value.isNumber()) {
            return value.asDouble();
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "+INF" -> Double.POSITIVE_INFINITY;
            case "-INF" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException(metric + " without a " + field);
        };
    }
}
