package dev.pushpull.report.stored;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.Refusals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Any {@code run.json} is a run that can be shown or is refused in one line. */
class StoredRunFuzzTest {
    @TempDir
    private static Path folder;

    private static JsonNode ordinary;

    @BeforeAll
    static void makeARun() throws IOException {
        ordinary = RunJson.MAPPER.readTree(
                RunJson.render(Runs.ordinary().seconds(2).consumers(2).run()));
    }

    @FuzzTest
    void isARunOrIsRefused(byte[] data) throws IOException {
        Files.write(folder.resolve(RunJson.FILE), data);
        showOrRefuse();
    }

    /**
     * A sound run in which values are replaced: one line for each replacement, the number of the value, then the new
     * one.
     */
    @FuzzTest
    void isARunOrIsRefusedWithOtherValuesInIt(byte[] data) throws IOException {
        JsonNode run = ordinary.deepCopy();
        for (String line : new String(data, StandardCharsets.UTF_8).split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0 && line.substring(0, space).matches("[0-9]{1,4}")) {
                try {
                    replace(
                            run,
                            new int[] {Integer.parseInt(line.substring(0, space))},
                            RunJson.MAPPER.readTree(line.substring(space)));
                } catch (JsonProcessingException e) {
                    continue; // there is no value to replace
                }
            }
        }
        Files.writeString(folder.resolve(RunJson.FILE), run.toString());
        showOrRefuse();
    }

    /** @param left how many values still precede the one to be replaced; negative when it has been replaced */
    private static void replace(JsonNode node, int[] left, JsonNode value) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (left[0]-- == 0) {
                    object.set(field.getKey(), value);
                } else if (left[0] >= 0) {
                    replace(field.getValue(), left, value);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (left[0]-- == 0) {
                    array.set(i, value);
                } else if (left[0] >= 0) {
                    replace(array.get(i), left, value);
                }
            }
        }
    }

    private static void showOrRefuse() throws IOException {
        try {
            StoredRun run = StoredRun.read(folder);
            run.unlessHandmade(() -> {
                assertThat(run.render(folder, false, true)).isNotBlank();
                RunJson.text(run.rows());
            });
        } catch (InvalidInputException e) {
            Refusals.assertOneLine(e);
        }
    }
}
