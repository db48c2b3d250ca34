package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.ProgramAlone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    private static final int README_LINES = 150;
    private static final Path REFERENCE = ROOT.resolve("results/reference");
    private static final Quotes QUOTES = new Quotes(REFERENCE);

    /** Generated, or about figures that formulas or vendors give. */
    private static final List<String> WITHOUT_MEASUREMENTS =
            List.of("flags.md", "theory.md", "presets.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md");

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

    static List<Path> pagesThatQuote() throws IOException {
        return Stream.concat(pages().stream(), Stream.of(ROOT.resolve("benchmarks/README.md")))
                .filter(page ->
                        !WITHOUT_MEASUREMENTS.contains(page.getFileName().toString()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesThatQuote")
    void quotedFiguresAreThoseOfTheReferenceRuns(Path page) throws IOException {
        holds(page, QUOTES.filledIn(Files.readString(page)));
    }

    @ParameterizedTest
    @MethodSource("pagesThatQuote")
    void measuredFiguresSayWhereTheyComeFromAndOnWhichProcessor(Path page) throws IOException {
        assertThat(UnquotedFigures.in(Files.readString(page)))
                .as("figures of %s without a source; UnquotedFigures says how to name it", page.getFileName())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pagesThatQuote")
    void whatTheTextClaimsTheReferenceRunsShow(Path page) throws IOException {
        assertThat(QUOTES.untrue(Files.readString(page))).isEmpty();
    }

    @Test
    void theReferencePageHasTheTablesOfItsRunsAndTheirProcessor() throws IOException {
        String page = Files.readString(REFERENCE.resolve("README.md"));
        String machine = new ReferenceRun(REFERENCE, "compare").machine();

        assertThat(page.lines().limit(4)).as("its first lines").anyMatch(line -> line.contains(machine));
        try (Stream<Path> runs = Files.list(REFERENCE)) {
            List<Path> tables = runs.map(run -> run.resolve("table.md"))
                    .filter(Files::exists)
                    .toList();
            for (Path table : tables) {
                assertThat(Files.readAllLines(table).stream()
                                .filter(line -> !line.startsWith("#") && !page.contains(line)))
                        .as("lines of %s that the page lacks", table)
                        .isEmpty();
            }
        }
    }

    /** Some of its answers take virtual time: the slow profile looks at all of them. */
    @Test
    @Tag("study")
    void everyThirdAdviceIsShownAsTheProgramPrintsIt() throws IOException {
        adviceIsShown(WRITES ? 1 : 3);
    }

    @Test
    @Tag("slow")
    void allAdviceIsShownAsTheProgramPrintsIt() throws IOException {
        adviceIsShown(1);
    }

    private static void adviceIsShown(int everyHowManyth) throws IOException {
        AtomicInteger number = new AtomicInteger();
        Path page = DOCS.resolve("advice.md");
        String shown = Pattern.compile(
                        "^(```\\n\\$ scripts/pushpull (advise [^\\n]*)\\n).*?^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page))
                .replaceAll(fence -> Matcher.quoteReplacement(
                        number.getAndIncrement() % everyHowManyth == 0
                                ? fence.group(1) + advice(fence.group(2)) + "```"
                                : fence.group()));
        holds(page, shown);
    }

    /** The answer and the second best, and what belongs to them where nothing is feasible, or where a provider asks. */
    private static String advice(String command) {
        String there = command.replace(" results/", " " + ROOT.resolve("results") + "/");
        Said said = ProgramAlone.calls(() -> Said.by("", HelpTest.words(there)));
        assertThat(said.output()).as(command + said.errors()).isNotEmpty();
        StringBuilder advice = new StringBuilder();
        String[] paragraphs = said.output().split("\\R\\R");
        paragraphs[1]
                .lines()
                .takeWhile(line -> !line.startsWith("Measure it"))
                .forEach(line -> advice.append(line.stripTrailing()).append("\n"));
        for (String paragraph : paragraphs) {
            if (paragraph.startsWith("What would have to give") || paragraph.startsWith("Seen from the provider")) {
                advice.append("...\n");
                paragraph
                        .lines()
                        .forEach(line -> advice.append(line.stripTrailing()).append("\n"));
            }
        }
        return advice.toString();
    }

    @Test
    void simulationsOfPublishedFiguresAreShownAsTheProgramPrintsThem(@TempDir Path results) throws IOException {
        shownAsPrinted(
                DOCS.resolve("published.md"),
                "simulate",
                "--out",
                results.resolve("of-docs").toString());
    }

    private static void shownAsPrinted(Path page, String command, String... further) throws IOException {
        Matcher fences = Pattern.compile(
                        "^```\\n\\$ scripts/pushpull (%s [^\\n]*)\\n(.*?)^```".formatted(command),
                        Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page));
        while (fences.find()) {
            List<String> words = new ArrayList<>(HelpTest.words(fences.group(1)));
            words.addAll(List.of(further));
            Said said = Said.by("", words);
            assertThat(said.output().lines().map(String::stripTrailing))
                    .as(fences.group(1))
                    .containsSubsequence(fences.group(2)
                            .lines()
                            .filter(line -> !line.equals("..."))
                            .toList());
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
