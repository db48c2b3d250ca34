package dev.pushpull.report.compared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.report.shared.MoneyText;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the inputs of two runs differ, field by field, and where their machines do. */
final class ScenarioDifferences {
    private static final String ABSENT = "not given";
    private static final String PRICE = "pricing.per_million";
    private static final String MONTHLY = "pricing.monthly.";

    private ScenarioDifferences() {}

    /**
     * One difference.
     *
     * @param field as in {@code run.json}, for instance {@code polling.interval_nanos}
     * @param first for people: for instance a duration in the form in which it is typed
     */
    record Difference(String field, String first, String second) {
        /** What people call it. */
        String name() {
            return SettingNames.of(field);
        }

        /** The same without its flag. */
        String words() {
            return name().replaceFirst(" \\(--.*", "");
        }

        /** The flag that sets it, in brackets; empty where none does. */
        String flag() {
            return name().substring(words().length()).strip();
        }
    }

    /** @param cells whether to include what distinguishes the cells of a sweep */
    static List<Difference> between(RunRecord first, RunRecord second, boolean cells) {
        Map<String, String> ours = fields(first);
        Map<String, String> theirs = fields(second);
        Set<String> names = new LinkedHashSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            String one = ours.getOrDefault(name, ABSENT);
            String other = theirs.getOrDefault(name, ABSENT);
            boolean counts = cells || !name.equals("polling.interval_nanos") && !name.startsWith("events.arrivals");
            if (counts && !one.equals(other)) {
                differences.add(new Difference(name, one, other));
            }
        }
        return differences;
    }

    private static Map<String, String> fields(RunRecord run) {
        Map<String, String> fields = new LinkedHashMap<>();
        flatten("", RunJson.MAPPER.valueToTree(run.scenario()), fields);
        // measured by the warm-up or read from a histogram: a result, not an input
        fields.keySet().removeIf(name -> !run.simulated() && name.startsWith("network.") || name.contains("histogram"));
        fields.remove("events.rate_unit"); // how the rate is written, not its value
        flatten("pricing", RunJson.MAPPER.valueToTree(run.pricing()), fields);
        run.pricing().perMillion().ifPresent(sum -> fields.put(PRICE, money(run, sum)));
        run.pricing().monthly().forEach((mode, sum) -> fields.put(MONTHLY + mode, money(run, sum)));
        flatten("environment", RunJson.MAPPER.valueToTree(run.environment()), fields);
        if (run.measuredNanos() != run.scenario().run().durationNanos()) { // else it is in the scenario already
            fields.put("measured_nanos", Quantity.readable(run.measuredNanos()));
        }
        return fields;
    }

    private static String money(RunRecord run, double sum) {
        return MoneyText.of(sum, run.pricing().currency());
    }

    private static void flatten(String path, JsonNode node, Map<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(member -> flatten(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            fields));
        } else if (!isNothing(node)) {
            fields.put(path, SettingNames.value(path, node));
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isNull()
                || node.isObject()
                || node.isTextual() && node.asText().isEmpty();
    }
}
