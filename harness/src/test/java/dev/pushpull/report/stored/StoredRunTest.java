package dev.pushpull.report.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushpull.report.claims.ClaimsResults;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.standalone.StandaloneResults;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRunTest {
    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare", "sweep", "claims", "poll"})
    void everyKindOfRunIsMadeAgainToTheByte(String kind) throws IOException {
        write(kind);
        Map<String, String> before = contents();
        for (String file : before.keySet()) {
            if (!file.equals("run.json")) {
                Files.delete(folder.resolve(file));
            }
        }

        List<String> corrected = Rerendering.write(StoredRun.read(folder), folder);

        assertThat(contents()).isEqualTo(before).hasSizeGreaterThan(2);
        assertThat(corrected).isEmpty();
        assertThat(StoredRun.read(folder).rows()).isNotEmpty();
        assertThat(StoredRun.read(folder).render(folder, false, true)).contains(folder.toString());
    }

    @Test
    void anEditedTableIsMadeAgainAndNamed() throws IOException {
        write("compare");
        String summary = Files.readString(folder.resolve("summary.csv"));
        Files.writeString(folder.resolve("summary.csv"), summary.replace(",600,", ",599,"));

        assertThat(Rerendering.write(StoredRun.read(folder), folder)).containsExactly("summary.csv");
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> Rerendering.write(StoredRun.read(folder), gone))
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("the folder " + gone + " cannot be written: there is no such file or folder");

        assertThat(folder.resolve("summary.csv")).hasContent(summary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"started_at\":\"yesterday\"",
                "\"mode\":null",
                "\"outcomes\":[null]",
                "\"outcomes\":7",
                "\"histogram\":\"AAAA\"",
                "\"interval_nanos\":\"soon\"",
                "\"kind\":\"unheard-of\""
            })
    void aRecordThatAHandHasSpoiltIsRefusedAndTheFolderLeftAsItWas(String spoilt) throws IOException {
        write("compare");
        String field = spoilt.substring(0, spoilt.indexOf(':') + 1);
        String record = Files.readString(folder.resolve("run.json"));
        String changed = field.equals("\"outcomes\":")
                ? record.replaceFirst("\"outcomes\":\\[.*\\],\"noise\"", spoilt + ",\"noise\"")
                : record.replaceFirst(field + "(\"[^\"]*\"|[0-9.]+)", spoilt);
        assertThat(changed).isNotEqualTo(record);
        Files.writeString(folder.resolve("run.json"), changed);
        Map<String, String> before = contents();

        assertThatThrownBy(() -> Rerendering.write(StoredRun.read(folder), folder))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasLineCount(1);

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aTableThatWantsToBeWrittenElsewhereIsRefused() throws IOException {
        write("poll");
        Files.writeString(
                folder.resolve("run.json"),
                Files.readString(folder.resolve("run.json")).replace("\"name\":\"items\"", "\"name\":\"../items\""));

        assertThatThrownBy(() -> StoredRun.read(folder)).isInstanceOf(InvalidInputException.class);
    }

    private void write(String kind) throws IOException {
        RunRecord run = Runs.ordinary().type("<script>alert(1)</script>").run();
        switch (kind) {
            case "compare" -> RunResults.write(run, folder);
            case "sweep" ->
                SweepResults.write(
                        new SweepRecord(
                                1,
                                "run",
                                "sweep",
                                List.of("pushpull", "sweep"),
                                run.startedAt(),
                                run.environment(),
                                1,
                                false,
                                List.of(run)),
                        folder);
            case "claims" -> ClaimsResults.write(claims(), folder);
            default -> {
                Map<String, Object> figures = new LinkedHashMap<>();
                figures.put("run_id", "run");
                figures.put("polls", 12L);
                figures.put("wasted_ratio", 0.25);
                figures.put("latency_mean_ms", null);
                StandaloneResults.write(
                        new PartRecord(
                                1,
                                "run",
                                "poll",
                                List.of("pushpull", "poll"),
                                run.startedAt(),
                                Map.of(),
                                figures,
                                List.of(new EvidenceTable(
                                        "items",
                                        List.of("id", "poll", "received_s"),
                                        List.of(List.of("evt_1", 3, 1.0), List.of("", 4, 0.125))))),
                        folder);
            }
        }
    }

    private static ClaimsRecord claims() {
        EvidenceTable evidence = new EvidenceTable("effort", List.of("load_factor"), List.of(List.of(0.5)));
        return new ClaimsRecord(
                1,
                "run",
                "claims",
                List.of("pushpull", "claims"),
                "2026-11-23T13:52:22Z",
                Map.of("java", "17"),
                1,
                true,
                false,
                List.of(new ClaimFinding(
                        Claim.EFFORT,
                        ClaimFinding.Verdict.HOLDS,
                        "",
                        "it does",
                        List.of(ClaimFinding.Figure.of(
                                "requests", "requests", 2, Double.NaN, evidence.cited("load_factor"))),
                        List.of(evidence))));
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void aCountBelowNothingIsRefusedWithItsPlace() throws IOException {
        write("compare");
        Path file = folder.resolve("run.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"polls\":\\d+", "\"polls\":-5"));
        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasLineCount(1)
                .contains("outcomes[0].counts.polls of " + file, "'-5' is not accepted", "accepted: 0 or more");
    }

    /** But seeds, bounds of intervals and differences. */
    @ParameterizedTest
    @ValueSource(strings = {"compare", "sweep", "claims", "poll"})
    void noCountNoTimeAndNoSizeOfARecordIsBelowNothing(String kind) throws IOException {
        write(kind);
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

    /** By place, without the numbers of elements, what holds a number there. */
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

    /** What stood there; nothing is put when there is nothing to put. */
    private static JsonNode put(JsonNode holder, String name, JsonNode value) {
        if (holder instanceof ArrayNode array) {
            int index = Integer.parseInt(name);
            return value == null ? array.get(index) : array.set(index, value);
        }
        ObjectNode object = (ObjectNode) holder;
        return value == null ? object.get(name) : object.replace(name, value);
    }

    /** What the page takes longest for. */
    @Test
    void aModeThatIsThereTwiceAndMoreModesThanThereAreAreRefusedBeforehand() throws IOException {
        write("compare");
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
        write("compare");
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
