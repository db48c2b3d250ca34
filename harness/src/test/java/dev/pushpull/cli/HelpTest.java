package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.OlderModes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
    @TempDir
    private Path directory;

    /** To be read only: each call of a command is parsed by a program of its own. */
    private static final CommandLine PROGRAM = Main.commandLine();

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern CALL = Pattern.compile("(?:^|[ |/(])pushpull( .*)$");

    static Set<String> commands() {
        return new TreeSet<>(PROGRAM.getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesAndEachCanBeTyped(String command) {
        List<List<String>> examples = examples(command);

        assertThat(examples).as("examples of " + command).isNotEmpty();
        for (List<String> words : examples) {
            assertThat(words.get(0)).isEqualTo(command);
            assertThatCode(() -> {
                        String[] arguments = words.toArray(String[]::new);
                        Main.commandLine(arguments).parseArgs(arguments);
                    })
                    .as(String.join(" ", words))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsEightyColumns(String command) {
        assertThat(help(command).lines()).allMatch(line -> line.length() <= 80 || line.contains("pushpull "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsSixtyLinesAndBeginsWithExamples(String command) {
        String help = help(command);

        int furtherModes = DeliveryModes.all().size() - OlderModes.names().size();
        assertThat(help.lines().count())
                .as("a mode has a name and flags, which may take a line")
                .isLessThanOrEqualTo(60 + furtherModes);
        assertThat(help.indexOf("Example")).isPositive().isLessThan(help.indexOf("--help"));
        assertThat(help.lastIndexOf("  pushpull ")).isLessThan(help.indexOf("\n      --"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesEveryFlagAndHelpAllDescribesIt(String command) {
        CommandLine line = PROGRAM.getSubcommands().get(command);
        String help = help(command).replaceAll("\\s+", " ");
        String complete = HelpLayout.complete(line).replaceAll("\\s+", " ");

        for (OptionSpec option : line.getCommandSpec().options()) {
            assertThat(help.contains(option.longestName()) || help.contains("--help") && option.usageHelp())
                    .as("%s of %s", option.longestName(), command)
                    .isEqualTo(!option.hidden());
            if (!option.hidden()) {
                String words = String.join(" ", option.description()).replaceAll("\\s+", "");
                assertThat(complete.replace(" ", "")).contains(words);
            }
        }
    }

    @Test
    void helpAllOfACommandDescribesTheFlagsThatHelpOnlyNames() {
        Said few = Said.by("", List.of("compare", "--help"));
        Said all = Said.by("", List.of("compare", "--help-all"));

        assertThat(few.output()).contains("--retry-jitter").doesNotContain("random factor");
        assertThat(all.output()).contains("--retry-jitter").contains("random factor");
        assertThat(all.exitCode()).isEqualTo(ExitCode.DONE);
    }

    /**
     * A year of simulated time is a horizon, and a minute of measured time a duration; nobody should need to know
     * which.
     */
    @Test
    void durationAndHorizonAreOneFlagWhereverThereIsEither() {
        for (CommandLine command : PROGRAM.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                assertThat(spec.findOption("--duration")).as(spec.name()).isSameAs(spec.findOption("--horizon"));
            }
        }
        String simulated = Said.by("", List.of("simulate", "--duration", "2h", "--json", "--out", out("simulated")))
                .output();
        String predicted =
                Said.by("", List.of("predict", "--horizon", "2h", "--json")).output();
        assertThat(simulated).contains("\"duration_s\":7200");
        assertThat(predicted).contains("\"duration_s\":7200");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTellsTheVersion(String command) {
        // a poller's --version is that of an item
        String flag = Main.commandLine(command, "-V")
                                .getSubcommands()
                                .get(command)
                                .getCommandSpec()
                                .findOption("-V")
                                .names()
                                .length
                        > 1
                ? "--version"
                : "-V";
        Said said = Said.by("", List.of(command, flag));

        assertThat(said.output()).matches("pushpull \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
    }

    private String out(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void bashCompletesCommandsAndFlags(@TempDir Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Said said = Said.by("", List.of("completion"));
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        Path script = Files.writeString(directory.resolve("completion"), said.output());

        assertThat(completed(script, "pushpull", "comp"))
                .contains("compare", "completion")
                .doesNotContain("sweep");
        assertThat(completed(script, "pushpull", "simulate", "--hor")).containsExactly("--horizon");
    }

    /** What bash would offer for the last word; bash complains on standard error that no line editor is asking. */
    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(script.getParent(), "offered", "");
        String line =
                "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_pushpull 2>/dev/null; printf '%%s\\n' \"${COMPREPLY[@]}\""
                        .formatted(script, String.join(" ", words), words.length - 1);
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .toList();
        } finally {
            bash.destroyForcibly();
        }
    }

    /** The words after {@code pushpull} in each line below Examples; a backslash continues on the next line. */
    private static List<List<String>> examples(String command) {
        String[] footer = PROGRAM.getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage()
                .footer();
        String text =
                String.join("\n", footer).replaceAll("\\\\\\\\?\\n\\s*", "").replace("%%", "%");
        return Stream.of(text.split("\n"))
                .filter(line -> line.startsWith("  "))
                .map(CALL::matcher)
                .filter(Matcher::find)
                .map(call -> words(call.group(1).replaceAll("[)>].*", "")))
                .toList();
    }

    /** The words that a shell makes of a line. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    private static String help(String command) {
        return PROGRAM.getSubcommands().get(command).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
