package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The answer to a mistyped command or flag. */
class SuggestionsTest {
    private static final CommandLine PROGRAM = Main.commandLine();

    static Set<String> commands() {
        return new TreeSet<>(PROGRAM.getSubcommands().keySet());
    }

    private static List<String> flags(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .toList();
    }

    /** The name with one letter left out, each in turn; the dashes stay. */
    private static Stream<String> withALetterLeftOut(String flag) {
        return Stream.iterate(2, at -> at < flag.length(), at -> at + 1)
                .map(at -> flag.substring(0, at) + flag.substring(at + 1));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFlagWithALetterLeftOutIsProposed(String name) {
        CommandLine command = PROGRAM.getSubcommands().get(name);
        List<String> flags = flags(command);
        FlagsElsewhere elsewhere = new FlagsElsewhere(command, PROGRAM);
        for (String flag : flags) {
            withALetterLeftOut(flag)
                    .filter(typed -> !flags.contains(typed))
                    .forEach(typed -> assertThat(elsewhere.hint(typed))
                            .as(name + " " + typed)
                            .hasValueSatisfying(hint -> assertThat(hint).isIn(hints(typed, flags))));
        }
    }

    /** The flags from which a letter was left out; one word can stand for two. */
    private static List<String> hints(String typed, List<String> flags) {
        return flags.stream()
                .filter(flag -> withALetterLeftOut(flag).anyMatch(typed::equals))
                .map(flag -> "; did you mean '" + flag + "'?")
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFlagOfAnotherCommandIsNamedWithItThoughALetterIsLeftOut(String name) {
        CommandLine command = PROGRAM.getSubcommands().get(name);
        List<String> flags = flags(command);
        FlagsElsewhere elsewhere = new FlagsElsewhere(command, PROGRAM);
        Map<String, Optional<String>> hints = new HashMap<>(); // most flags are of many commands
        for (String other : PushPull.commands(PROGRAM)) {
            for (String flag : flags(PROGRAM.getSubcommands().get(other))) {
                if (flags.contains(flag)) {
                    continue;
                }
                assertThat(hints.computeIfAbsent(flag, elsewhere::hint))
                        .as(name + " " + flag)
                        .hasValueSatisfying(hint -> assertThat(hint).containsAnyOf(other, "did you mean"));
                String typed = flag.substring(0, flag.length() - 1);
                assertThat(hints.computeIfAbsent(typed, elsewhere::hint))
                        .as(name + " " + typed)
                        .isPresent();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sweep --horizn 5d         | unknown flag '--horizn'; did you mean '--horizon'?",
                "simulate --duratio=5d     | unknown flag '--duratio'; did you mean '--duration'?",
                "claims --horizon 5d       | unknown flag '--horizon'; it is a flag of compare",
                "claims --horizn 5d        | unknown flag '--horizn'; '--horizon' is a flag of compare",
                "simulate --in-fligt 5     | unknown flag '--in-fligt'; did you mean '--in-flight'?",
                "predict --isolat          | unknown flag '--isolat'; '--isolate' is a flag of compare",
                "--horizon 5d              | unknown flag '--horizon'; it is a flag of compare",
                "--versio                  | unknown flag '--versio'; did you mean '--version'?",
                "compare --xyzzyx          | unknown flag '--xyzzyx'; see pushpull compare --help",
                "simulat                   | unknown command 'simulat'; did you mean 'simulate'?",
                "help simulat              | unknown command 'simulat'; did you mean 'simulate'?",
            })
    void whatIsMistypedIsAnsweredWithWhatIsMeant(String line, String answer) {
        Said said = Said.by("", List.of(line.split(" ")));
        assertThat(said.errors()).startsWith("pushpull: " + answer).hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help nope", "help driv", "nope", "driv", "bad-peer", "", "help bench-repor"})
    void commandsThatTheHelpDoesNotShowAreNotProposed(String line) {
        Said said = Said.by(
                "", Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toList());
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors())
                .hasLineCount(1)
                .doesNotContain("'drive'", "drive,", "bad-peers", "bench-report,", "bench-report'", "peers-report");
    }

    @Test
    void aWordThatNoCommandTakesIsRefused() {
        Said said = Said.by("", List.of("predict", "interval"));
        assertThat(said.errors()).startsWith("pushpull: unknown argument 'interval'; did you mean '--interval'?");
    }
}
