package dev.pushpull.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.scenario.Quantity;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Whether a record can be one of a run at all: what is not costs no time to be rendered. */
final class Plausible {
    /** A run has one for each mode; beyond this the page that shows them all takes longer than anybody waits. */
    private static final int MOST_OUTCOMES = 500;

    /** In these all numbers are counts, bytes, times or rates. */
    private static final Set<String> NEVER_NEGATIVE = Set.of(
            "counts", "ledger", "timeline", "setup", "cpu_millis", "events", "polling", "webhooks", "network", "run");

    private static final String SEED = "seed";

    private Plausible() {}

    /** @throws dev.pushpull.scenario.InvalidInputException with the place when it cannot */
    static void check(JsonNode tree, Path file) {
        checkOutcomes(tree, "", file);
        int number = 0;
        for (JsonNode cell : tree.path("cells")) {
            checkOutcomes(cell, "cells[" + number++ + "].", file);
        }
        check(tree, "", false, file);
    }

    private static void checkOutcomes(JsonNode run, String where, Path file) {
        int outcomes = run.path("outcomes").size();
        if (outcomes > MOST_OUTCOMES) {
            throw Quantity.wrong(
                    "%soutcomes of %s".formatted(where, file), outcomes + " of them", "up to " + MOST_OUTCOMES);
        }
    }

    private static void check(JsonNode node, String where, boolean counts, Path file) {
        if (counts && node.isNumber() && node.doubleValue() < 0) {
            throw Quantity.wrong(where + " of " + file, node.asText(), "0 or more");
        }
        int number = 0;
        for (JsonNode element : node.isArray() ? node : Set.<JsonNode>of()) {
            check(element, where + "[" + number++ + "]", counts, file);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            check(
                    field.getValue(),
                    where.isEmpty() ? name : where + "." + name,
                    (counts || NEVER_NEGATIVE.contains(name)) && !name.equals(SEED),
                    file);
        }
    }
}
