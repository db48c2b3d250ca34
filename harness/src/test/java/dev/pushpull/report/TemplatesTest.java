package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The frame of the pages is written once. */
class TemplatesTest {
    private static final Path ROOMS = Path.of("src/main/resources/dev/pushpull/report");

    private static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.walk(ROOMS)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    @Test
    void everyPageHasTheSameHeadAndFoot() throws IOException {
        List<Path> pages = templates().stream()
                .filter(file -> !ROOMS.relativize(file).startsWith("shared"))
                .filter(file -> !isPart(file))
                .toList();

        assertThat(pages)
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(page -> assertThat(Files.readString(page))
                        .startsWith("{{>top}}\n")
                        .endsWith("{{>bottom}}\n")
                        .doesNotContain("<html", "<main", "<nav"));
    }

    @Test
    void everySectionCanBeLinkedTo() throws IOException {
        assertThat(templates())
                .allSatisfy(page -> assertThat(Files.readString(page)).doesNotContain("<h2>"));
    }

    /** Whether another template includes it. */
    private static boolean isPart(Path file) {
        String including = "{{>" + file.getFileName().toString().replace(".html", "") + "}}";
        try {
            for (Path other : templates()) {
                if (Files.readString(other).contains(including)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
