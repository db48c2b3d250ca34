package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every command line in the documents can be typed, and does what they show. A build reads all of them and runs what
 * only calculates; {@code scripts/docs-check} runs the others too, as they stand, in a shell.
 */
class DocsCheckTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What is only read, by the beginning of its arguments, and why. */
    private static final Map<String, String> NOT_RUN = Map.ofEntries(
            Map.entry("compare(?!.* --duration 5s$).*", "it measures for half a minute or more"),
            Map.entry("sweep (?!.*--simulate).*", "it measures for minutes"),
            Map.entry("claims.*", "it measures for minutes"),
            Map.entry("capacity.*", "it measures for minutes"),
            Map.entry("serve.*", "it runs until it is stopped"),
            Map.entry("receive.*", "it runs until it is stopped"),
            Map.entry("poll .*", "it runs until it is stopped"),
            Map.entry("observe .*", "it watches a system that has to be there"),
            Map.entry("demo.*", "it runs until it is stopped"),
            Map.entry("(simulate|merge) .*/shared/run.*", "it needs a folder that several hosts share, and minutes"),
            Map.entry("trace-event.*", "it needs the very run that is shown"),
            Map.entry("verify .*\\.\\.\\..*", "the document shortens the signature"));

    /** What these print follows from their arguments alone. */
    private static final Set<String> FIXED = Set.of("predict", "simulate", "advise", "help", "trace", "verify");

    private static final CommandLine PROGRAM = Main.commandLine();

    @TempDir
    private static Path directory;

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(DocsTest.pages());
        pages.add(ROOT.resolve("results/reference/README.md"));
        pages.add(ROOT.resolve("benchmarks/README.md"));
        return pages;
    }

    static List<ShownCommand> commands() throws IOException {
        List<ShownCommand> commands = new ArrayList<>();
        for (Path page : pages()) {
            commands.addAll(ShownCommand.in(Files.readString(page)));
        }
        return commands.stream().distinct().toList();
    }

    static List<ShownCommand> run() throws IOException {
        return commands().stream()
                .filter(command -> whyNotRun(command).isEmpty())
                .toList();
    }

    private static Optional<String> whyNotRun(ShownCommand command) {
        String arguments = String.join(" ", command.arguments());
        return NOT_RUN.entrySet().stream()
                .filter(entry -> arguments.matches(entry.getKey()))
                .map(Map.Entry::getValue)
                .findAny();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandLineThatIsShownCanBeTyped(Path page) throws IOException {
        for (ShownCommand command : ShownCommand.in(Files.readString(page))) {
            if (!command.command().equals("COMMAND")) {
                assertThatCode(() -> parse(command)).as(command.line()).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aFlagThatDoesNotExistIsFoundWhereverItStands() {
        String page = """
                ```sh
                # pushpull compare --in-a-comment
                pushpull predict --rate 40/d --flagg
                date | pushpull simulate --trace - \\
                    --flagg
                source <(scripts/pushpull completion --flagg)
                ```
                text with `pushpull predict --outside-of-a-block`
                ```
                $ scripts/pushpull predict --flagg  # why
                pushpull says --in-its-output
                ```
                """;
        assertThat(ShownCommand.in(page))
                .hasSize(4)
                .allSatisfy(command -> assertThatCode(() -> parse(command)).hasMessageContaining("--flagg"));
    }

    @Test
    void whatIsNotRunIsStillShown() throws IOException {
        List<ShownCommand> commands = commands();
        assertThat(NOT_RUN.keySet())
                .allSatisfy(arguments -> assertThat(commands)
                        .anyMatch(
                                command -> String.join(" ", command.arguments()).matches(arguments)));
    }

    @Test
    void everyPredictionThatIsShownCanBeMade() throws IOException {
        for (ShownCommand command : run()) {
            if (command.line().matches("(?:scripts/)?pushpull predict .*")
                    && !command.line().contains("--out")) {
                Said said = Said.by("", command.arguments());
                assertThat(said.exitCode()).as(command + said.errors()).isZero();
                shows(command, said);
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("run")
    void everyCommandDoesWhatTheDocumentShows(ShownCommand command) throws IOException, InterruptedException {
        assumeFalse(command.command().equals("COMMAND"));
        Map<String, String> variables = Map.of(
                "PATH",
                directory.resolve("scripts") + ":" + System.getenv("PATH"),
                "HOME",
                directory.toString(),
                "GIT_DIR",
                ROOT.resolve(".git").toString());
        prepare(variables);
        Path script = directory.resolve("typed");
        Files.writeString(script, command.line() + "\n");
        Said said = Shell.run(directory, variables, "bash -o pipefail ./typed");
        assertThat(said.exitCode()).as(said.errors()).isIn(accepted(command));
        shows(command, said);
    }

    /** Advice may be that nothing is feasible, and a busy machine makes a measurement invalid. */
    private static List<Integer> accepted(ShownCommand command) {
        return switch (command.command()) {
            case "advise" -> List.of(ExitCode.DONE, ExitCode.ASSERTION_FAILED);
            case "compare" -> List.of(ExitCode.DONE, ExitCode.INVALID);
            default -> List.of(ExitCode.DONE);
        };
    }

    private static void parse(ShownCommand command) {
        PROGRAM.parseArgs(OwnProvider.polled(command.arguments().toArray(String[]::new)));
    }

    /** Lines as printed where they follow from the arguments, else what stands before their first figure. */
    private static void shows(ShownCommand command, Said said) {
        boolean fixed = FIXED.contains(command.command()) && !command.line().startsWith("git log");
        List<String> shown =
                command.output().stream().filter(line -> !line.equals("...")).toList();
        if (fixed && !shown.isEmpty()) {
            assertThat(said.output().lines().map(String::stripTrailing))
                    .as(command.line())
                    .containsSubsequence(shown);
        } else {
            shown.stream()
                    .map(line -> line.replaceFirst("\\s*[0-9].*|\\.\\.\\.$", ""))
                    .forEach(beginning -> assertThat(said.output().lines())
                            .as(command.line())
                            .anyMatch(line -> line.startsWith(beginning)));
        }
    }

    /** The files that the documents take for granted, and two runs to compare. */
    private static void prepare(Map<String, String> variables) throws IOException, InterruptedException {
        if (Files.exists(directory.resolve("scripts"))) {
            return;
        }
        Files.createDirectories(directory.resolve("scripts"));
        Files.createDirectories(directory.resolve("results"));
        Files.createSymbolicLink(directory.resolve("scripts/pushpull"), ROOT.resolve("scripts/pushpull"));
        Files.createSymbolicLink(directory.resolve("results/reference"), ROOT.resolve("results/reference"));
        StringBuilder log = new StringBuilder();
        StringBuilder table = new StringBuilder("id,created_at\n");
        StringBuilder parted = new StringBuilder("date,time\n");
        for (int minute = 10; minute < 60; minute++) {
            log.append("10.0.0.1 - - [26/Nov/2026:12:%d:00 +0000] \"GET / HTTP/1.1\" 200 5%n".formatted(minute));
            table.append("%d,2026-11-26T12:%d:00Z%n".formatted(minute, minute));
            parted.append("2026-11-26,12:%d:00%n".formatted(minute));
        }
        Files.writeString(directory.resolve("access.log"), log);
        Files.writeString(directory.resolve("door.csv"), parted);
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(directory.resolve("export.csv.gz")))) {
            file.write(table.toString().getBytes(StandardCharsets.UTF_8));
        }
        for (String run : List.of("before", "after")) {
            Said said = Shell.run(directory, variables, "pushpull simulate --horizon 1h --out results/" + run);
            assertThat(said.exitCode()).as(said.errors()).isZero();
        }
        Files.writeString(directory.resolve("body.json"), "{}");
    }
}
