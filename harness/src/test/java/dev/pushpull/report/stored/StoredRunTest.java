package dev.pushpull.report.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person who edits a {@code run.json} by hand is told in one line what is wrong with it. */
class StoredRunTest {
    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("run"));
    }

    @Test
    void aTableThatWantsToBeWrittenElsewhereIsRefused() throws IOException {
        StoredRuns.write("poll", folder);
        Files.writeString(
                folder.resolve("run.json"),
                Files.readString(folder.resolve("run.json")).replace("\"name\":\"items\"", "\"name\":\"../items\""));

        assertThatThrownBy(() -> StoredRun.read(folder)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aCountBelowNothingIsRefusedWithItsPlace() throws IOException {
        StoredRuns.write("compare", folder);
        Path file = folder.resolve("run.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"polls\":\\d+", "\"polls\":-5"));
        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasLineCount(1)
                .contains("outcomes[0].counts.polls of " + file, "'-5' is not accepted", "accepted: 0 or more");
    }

    /** Except seeds, bounds of intervals and differences. */
    @ParameterizedTest
    @ValueSource(strings = {"compare", "sweep", "claims", "predict", "poll"})
    void noCountNoTimeAndNoSizeOfARecordIsBelowNothing(String kind) throws IOException {
        StoredRuns.write(kind, folder);
        Path file = folder.resolve("run.json");
        JsonNode tree = RunJson.MAPPER.readTree(file.toFile());
        Map<String, List<JsonNode>> numbers = new TreeMap<>();
        collectNumbers(tree, "", numbers);
        Set<String> accepted = new TreeSet<>();
        for (Map.Entry<String, List<JsonNode>> place : numbers.entrySet()) {
            JsonNode holder = place.getValue().get(0);
            String name = place.getKey().substring(place.getKey().lastIndexOf('.') + 1);
            JsonNode before = put(holder, name, null);
            put(
                    holder,
                    name,
                    before.isIntegralNumber()
                            ? LongNode.valueOf(-Math.abs(before.longValue()) - 1)
                            : DoubleNode.valueOf(-Math.abs(before.doubleValue()) - 0.5));
            RunJson.MAPPER.writeValue(file.toFile(), tree);
            try {
                StoredRun.read(folder);
                accepted.add(place.getKey());
            } catch (InvalidInputException e) {
                assertThat(e).message().hasLineCount(1);
            }
            put(holder, name, before);
        }
        assertThat(numbers).hasSizeGreaterThan(3);
        assertThat(accepted)
                .allMatch(
                        place -> place.matches(
                                ".*(\\.seed|\\.low|\\.high|\\.ci_low|\\.ci_high|\\.rows\\b.*|findings\\[]\\.(value|figures\\[]\\.\\w+))"));
    }

    /** The places of numbers, without the indexes of list elements. */
    private static void collectNumbers(JsonNode node, String where, Map<String, List<JsonNode>> numbers) {
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            collect(node, Integer.toString(i), node.get(i), where + "[]", numbers);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            collect(node, field.getKey(), field.getValue(), where + "." + field.getKey(), numbers);
        }
    }

    private static void collect(
            JsonNode holder, String name, JsonNode value, String where, Map<String, List<JsonNode>> numbers) {
        if (value.isNumber()) {
            String place = holder.isArray() ? where + "." + name : where;
            numbers.computeIfAbsent(place, key -> new ArrayList<>()).add(holder);
        } else {
            collectNumbers(value, where, numbers);
        }
    }

    /** The value that was there; nothing is replaced when there is none. */
    private static JsonNode put(JsonNode holder, String name, JsonNode value) {
        if (holder instanceof ArrayNode array) {
            int index = Integer.parseInt(name);
            return value == null ? array.get(index) : array.set(index, value);
        }
        ObjectNode object = (ObjectNode) holder;
        return value == null ? object.get(name) : object.replace(name, value);
    }

    /** The part that takes the page longest. */
    @Test
    void aModeThatIsThereTwiceAndMoreModesThanThereAreAreRefusedBeforehand() throws IOException {
        StoredRuns.write("compare", folder);
        Path file = folder.resolve("run.json");
        ObjectNode tree = (ObjectNode) RunJson.MAPPER.readTree(file.toFile());
        ArrayNode outcomes = (ArrayNode) tree.get("outcomes");
        outcomes.add(outcomes.get(0));
        RunJson.MAPPER.writeValue(file.toFile(), tree);
        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "'trial 1 of polling twice' is not accepted; accepted: one of each trial and mode");

        outcomes.remove(2);
        for (int i = 0; i < 30; i++) {
            outcomes.add(((ObjectNode) outcomes.get(0).deepCopy()).put("mode", "mode " + i));
        }
        RunJson.MAPPER.writeValue(file.toFile(), tree);
        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'32 modes' is not accepted; accepted: up to 20");
    }

    @Test
    void moreOutcomesThanAnyRunHasAreRefusedBeforehand() throws IOException {
        StoredRuns.write("compare", folder);
        Path file = folder.resolve("run.json");
        ObjectNode tree = (ObjectNode) RunJson.MAPPER.readTree(file.toFile());
        ArrayNode outcomes = (ArrayNode) tree.get("outcomes");
        while (outcomes.size() < 501) {
            outcomes.add(outcomes.get(0));
        }
        RunJson.MAPPER.writeValue(file.toFile(), tree);
        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasLineCount(1)
                .contains("outcomes of " + file, "501", "up to 500");
    }
}
