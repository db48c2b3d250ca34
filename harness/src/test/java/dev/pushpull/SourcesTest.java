package dev.pushpull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file is about one thing; a long one says in its first lines why it cannot be split. */
class SourcesTest {
    private static final int MOST_LINES = 300;
    private static final int FIRST_LINES = 5;
    private static final String REASON = "// Over 300 lines: ";

    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("src/test/java"), Path.of("../benchmarks/src/main/java"));

    @Test
    void aFileOfMoreThanThreeHundredLinesSaysWhy() throws IOException {
        Set<String> withoutReason = new TreeSet<>();
        for (Path root : SOURCES) {
            for (Path file : javaFiles(root)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() > MOST_LINES
                        && lines.stream().limit(FIRST_LINES).noneMatch(line -> line.startsWith(REASON))) {
                    withoutReason.add(file.getFileName().toString());
                }
            }
        }
        assertThat(withoutReason)
                .as("longer than %d lines, without a line '%s...' at the top", MOST_LINES, REASON)
                .isEmpty();
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(found).as("sources below %s", root).isNotEmpty();
            return found;
        }
    }
}
