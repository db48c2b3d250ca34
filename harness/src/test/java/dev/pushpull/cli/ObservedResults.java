package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an observation wrote to its folder. */
record ObservedResults(Path folder) {
    /** The rows of pairs.csv by id; those that are whole, since it may be growing. */
    Map<String, Map<String, String>> pairs() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("pairs.csv"));
            String[] header = lines.get(0).split(",");
            Map<String, Map<String, String>> rows = new HashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                if (cells.length == header.length) {
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < header.length; i++) {
                        row.put(header[i], cells[i]);
                    }
                    assertThat(rows.put(cells[0], row))
                            .as("%s is one row", cells[0])
                            .isNull();
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of what was not decided when it was last written down, or changed since then. */
    Set<String> undecided() {
        try {
            return Files.readAllLines(folder.resolve("undecided.csv")).stream()
                    .skip(1)
                    .map(line -> line.split(",", 2)[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of the items with an outcome. */
    Set<String> withOutcome(String outcome) {
        return pairs().entrySet().stream()
                .filter(row -> row.getValue().get("outcome").equals(outcome))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A count of one side. */
    long column(String mode, String column) throws IOException {
        for (JsonNode side : run().path("sides")) {
            if (side.path("mode").asText().equals(mode)) {
                return side.path(column).asLong(-1);
            }
        }
        throw new AssertionError(mode);
    }

    JsonNode run() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("run.json").toFile());
    }
}
