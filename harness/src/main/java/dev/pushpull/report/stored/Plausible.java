package dev.pushpull.report.stored;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rejects quickly a record that cannot come from a run, before time is spent on rendering it. */
final class Plausible {
    /** Limits the outcomes of a run, one for each trial and mode; a larger page would take longer than anyone waits. */
    private static final int MOST_OUTCOMES = 500;

    /**
     * Trials of a mode are pooled, but each mode is a column, a curve and a sentence against every other, which takes
     * the time. A real run has fewer than ten.
     */
    private static final int MOST_MODES = 20;

    /**
     * All numbers in a record are counts, sizes, times, rates or shares, except these: a seed, bounds of intervals, and
     * an experiment's results, which may be differences. Listed by field name, with or without that of the field around
     * it.
     */
    private static final Set<String> MAY_BE_NEGATIVE = Set.of(
            "seed",
            "low",
            "high",
            "ci_low",
            "ci_high",
            "rows",
            "findings.value",
            "figures.polling",
            "figures.webhook",
            "figures.polling_predicted",
            "figures.webhook_predicted",
            "sooner.mean",
            "sooner.p50",
            "sooner.p90",
            "sooner.p99",
            "sooner.min",
            "sooner.max",
            "mean.value",
            "p50.value",
            "p90.value",
            "p99.value",
            "sides.sooner_mean_ms",
            "sides.sooner_mean_low_ms",
            "sides.sooner_mean_high_ms",
            "sides.sooner_p50_ms",
            "sides.sooner_p50_low_ms",
            "sides.sooner_p50_high_ms",
            "sides.sooner_p90_ms",
            "sides.sooner_p99_ms",
            "sides.source_latency_mean_ms",
            "sides.source_latency_p50_ms",
            "sides.source_latency_p99_ms",
            "strip.poll_starts",
            "items.pushed",
            "items.polled",
            "pairing.out_of_order");

    private static final String KEEP_ALIVE = "keep_alive_nanos";

    private Plausible() {}

    /** @throws dev.pushpull.scenario.InvalidInputException with the place when it cannot */
    static void check(JsonNode tree, Path file) {
        checkOutcomes(tree, "", file);
        int number = 0;
        for (JsonNode cell : tree.path("cells")) {
            checkOutcomes(cell, "cells[" + number++ + "].", file);
        }
        check(tree, "", "", "", file);
    }

    private static void checkOutcomes(JsonNode run, String where, Path file) {
        int outcomes = run.path("outcomes").size();
        if (outcomes > MOST_OUTCOMES) {
            throw Quantity.wrong(
                    "%soutcomes of %s".formatted(where, file), outcomes + " of them", "up to " + MOST_OUTCOMES);
        }
        Set<String> modes = new HashSet<>();
        Set<List<String>> trials = new HashSet<>();
        for (JsonNode outcome : run.path("outcomes")) {
            String mode = outcome.path("mode").asText();
            modes.add(mode);
            if (!trials.add(List.of(outcome.path("trial").asText(), mode))) {
                throw Quantity.wrong(
                        "%soutcomes of %s".formatted(where, file),
                        "trial %s of %s twice".formatted(outcome.path("trial").asText(), mode),
                        "one of each trial and mode");
            }
        }
        if (modes.size() > MOST_MODES) {
            throw Quantity.wrong(
                    "%soutcomes of %s".formatted(where, file), modes.size() + " modes", "up to " + MOST_MODES);
        }
    }

    /** @param name of the innermost field around this value, and of the one around that */
    private static void check(JsonNode node, String name, String around, String where, Path file) {
        if (node.isNumber() && node.doubleValue() < 0 && !mayBeNegative(node, name, around)) {
            throw Quantity.wrong(where + " of " + file, node.asText(), "0 or more");
        }
        int number = 0;
        for (JsonNode element : node.isArray() ? node : Set.<JsonNode>of()) {
            check(element, name, around, where + "[" + number++ + "]", file);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String inner = field.getKey();
            check(field.getValue(), inner, name, where.isEmpty() ? inner : where + "." + inner, file);
        }
    }

    private static boolean mayBeNegative(JsonNode node, String name, String around) {
        return MAY_BE_NEGATIVE.contains(name)
                || MAY_BE_NEGATIVE.contains(around + "." + name)
                || name.equals(KEEP_ALIVE) && node.doubleValue() == Scenario.Wire.AS_USUAL;
    }
}
