package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an event's id, its whole life by every mode. */
@Tag("live")
class TraceEventCommandTest {
    @TempDir
    private Path directory;

    @Test
    void theLifeOfAnEventIsToldFromItsIdAlone() throws IOException {
        Path run = directory.resolve("run");
        List<String> compare = new ArrayList<>(List.of("compare", "--quiet", "--out", run.toString()));
        compare.addAll(List.of("--duration", "1s", "--rate", "5/s", "--interval", "200ms", "--consumers", "4"));
        Said compared = Said.by("", compare);
        assertThat(compared.output()).isEmpty();
        String id = Files.readAllLines(run.resolve("journal.csv")).stream()
                .filter(line -> line.startsWith("webhook,") && line.contains(",received,"))
                .map(line -> line.split(",")[2])
                .findFirst()
                .orElseThrow();

        JsonNode rows = new ObjectMapper()
                .readTree(Said.by("", List.of("trace-event", run.toString(), id, "--json"))
                        .output())
                .path("rows");
        Map<String, List<String>> steps = new TreeMap<>();
        rows.forEach(row -> steps.computeIfAbsent(row.path("mode").asText(), mode -> new ArrayList<>())
                .add(row.path("side").asText() + " " + row.path("step").asText()));
        assertThat(steps.get("webhook"))
                .containsExactly("provider occurred", "provider attempt 1", "consumer received", "consumer processed");
        assertThat(steps.get("polling"))
                .containsSubsequence("provider occurred", "consumer poll", "consumer received", "consumer processed");

        Said told = Said.by("", List.of("trace-event", run.toString(), id));
        assertThat(told.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(told.output()).contains(id, "attempt 1", " of stream c").doesNotContain(" \n");

        Said unknown = Said.by("", List.of("trace-event", run.toString(), "evt_none"));
        assertThat(unknown.errors())
                .contains("'evt_none' is not in the journal", "such as evt_")
                .hasLineCount(1);
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        Files.writeString(run.resolve("journal.csv"), "mode,consumer\nwebhook,x\n");
        Said broken = Said.by("", List.of("trace-event", run.toString(), id));
        assertThat(broken.errors()).contains("a whole journal.csv").hasLineCount(1);
        Said nothing = Said.by("", List.of("trace-event", directory.toString(), id));
        assertThat(nothing.errors()).contains("with its journal.csv").hasLineCount(1);
    }
}
