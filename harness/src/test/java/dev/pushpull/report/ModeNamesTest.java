package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Text about modes depends on their traits: the code that writes it contains none of their names. */
class ModeNamesTest {
    private static final Path JAVA = Path.of("src/main/java/dev/pushpull/report");
    private static final Path PAGES = Path.of("src/main/resources/dev/pushpull/report");

    /** These name the columns of {@code claims}, whose experiments compare polls with webhooks and know no modes. */
    private static final Set<String> COLUMNS_OF_CLAIMS = Set.of("ClaimRows.java", "ClaimsTerminal.java");

    @Test
    void noSourceOfTheReportHoldsTheNameOfAMode() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(JAVA, ".java")) {
            if (!COLUMNS_OF_CLAIMS.contains(file.getFileName().toString())) {
                search(file, found);
            }
        }
        assertThat(found).isEmpty();
    }

    /** The sliders contain the closed forms of polls and webhooks, by these two words. */
    @Test
    void noPageAsksForTheNameOfAModeButTheSliders() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(PAGES, ".js")) {
            if (!file.getFileName().toString().startsWith("whatif")) {
                search(file, found);
            }
        }
        assertThat(found).isEmpty();
    }

    private static void search(Path file, List<String> found) throws IOException {
        for (DeliveryMode mode : DeliveryModes.all()) {
            Pattern literal = Pattern.compile("([\"'])" + Pattern.quote(mode.name()) + "\\1");
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                // a name of two words is unmistakable; a single word may occur in a sentence
                if (literal.matcher(line).find() || mode.name().contains("-") && line.contains(mode.name())) {
                    found.add(file.getFileName() + ":" + number + " " + line.strip());
                }
            }
        }
    }

    private static List<Path> sources(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
            assertThat(sources).isNotEmpty();
            return sources;
        }
    }
}
