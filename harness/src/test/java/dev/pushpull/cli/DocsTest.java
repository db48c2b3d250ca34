package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pushpull.testing.ProgramAlone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents say what the program does. {@code scripts/docs} runs this test so that it writes what it would compare.
 */
class DocsTest {
    private static final boolean WRITES = Boolean.getBoolean("pushpull.docs.write");
    private static final String REMEDY = "%s is not what the program says; run scripts/docs and look at the difference";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)?(?:#([^)\\s]+))?\\)");
    private static final Pattern CALL =
            Pattern.compile("^(?:\\$ |.*\\| )?scripts/pushpull (\\S.*)$", Pattern.MULTILINE);
    private static final int README_LINES = 150;

    @Test
    void flagsAreDescribedAsTheCommandLineDescribesThem() throws IOException {
        holds(DOCS.resolve("flags.md"), ProgramAlone.calls(FlagsPage::text));
    }

    @Test
    void columnsAreDescribedAsTheyAreDeclared() throws IOException {
        Path file = DOCS.resolve("results.md");
        holds(file, ResultsPage.filledIn(Files.readString(file)));
    }

    @Test
    void theReadmeIsReadInAMinute() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md")).size()).isLessThanOrEqualTo(README_LINES);
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS);
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            String target = links.group(1);
            if (target == null || !target.contains("://")) {
                Path file = target == null ? page : page.resolveSibling(target).normalize();
                assertThat(file).as("linked from %s", page.getFileName()).exists();
                if (links.group(2) != null) {
                    assertThat(anchors(file)).as("headings of %s", file).contains(links.group(2));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandLineThatIsShownCanBeTyped(Path page) throws IOException {
        Matcher calls = CALL.matcher(Files.readString(page).replaceAll("\\\\\\n\\s*", ""));
        while (calls.find()) {
            String typed = calls.group(1).replaceFirst("\\s+# .*", "");
            List<String> words = HelpTest.words(typed);
            if (!words.get(0).startsWith("-") && !words.get(0).equals("COMMAND")) {
                assertThatCode(() -> Main.commandLine().parseArgs(words.toArray(String[]::new)))
                        .as(typed)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static List<String> anchors(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static void holds(Path file, String text) throws IOException {
        if (WRITES) {
            Files.writeString(file, text);
        }
        assertThat(file).as(REMEDY.formatted(file.getFileName())).content().isEqualTo(text);
    }
}
