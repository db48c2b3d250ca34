package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Of all commands the program reads the flags of those alone that its arguments name. */
class CommandsMadeTest {
    @TempDir
    private Path directory;

    @Test
    void aCommandIsReadWholeWhenItIsNamed() {
        assertThat(readWhole("predict", "--json")).containsExactly("predict");
        assertThat(readWhole("--debug", "serve")).containsExactly("serve");
        assertThat(readWhole("--help")).isEmpty();
    }

    @Test
    void theOthersAreThereOnlyWhereSomethingMayBeSaidOfThem() {
        Set<String> all = Main.commandLine().getSubcommands().keySet();
        assertThat(Main.commandLine("--debug", "predict", "compare").getSubcommands())
                .containsOnlyKeys("predict");
        for (String[] arguments :
                new String[][] {{}, {"--help", "predict"}, {"predicd", "predict"}, {"--bug", "predict"}}) {
            assertThat(Main.commandLine(arguments).getSubcommands()).containsOnlyKeys(all);
        }
    }

    @Test
    void allAreReadWhereAllAreSpokenOf() {
        Set<String> all = Main.commandLine().getSubcommands().keySet();
        assertThat(readWhole("help", "compare")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(readWhole("completion")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(readWhole("@arguments.txt")).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void helpIsTheSameWithAndWithoutTheOthers() {
        assertThat(Main.commandLine("--help").getUsageMessage(Ansi.OFF))
                .isEqualTo(Main.commandLine().getUsageMessage(Ansi.OFF));
        assertThat(Main.commandLine("sweep").getSubcommands().get("sweep").getUsageMessage(Ansi.OFF))
                .isEqualTo(Main.commandLine().getSubcommands().get("sweep").getUsageMessage(Ansi.OFF));
    }

    @Test
    void whatIsUnknownIsLookedForInAllCommands() {
        assertThat(said("predict", "--subscribe", "x").errors()).contains("it is a flag of receive");
        assertThat(said("predicd").errors()).contains("did you mean 'predict'?");
    }

    @Test
    void aFileOfArgumentsMayNameTheCommand() throws IOException {
        Path file = Files.writeString(directory.resolve("arguments.txt"), "predict --json\n");
        assertThat(said("@" + file).output()).startsWith("{\"schema_version\":1,\"command\":\"predict\"");
    }

    private static Said said(String... arguments) {
        return Said.by("", Main.commandLine(arguments), List.of(arguments));
    }

    private static Set<String> readWhole(String... arguments) {
        return Main.commandLine(arguments).getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> spec.findOption("--help") != null && spec.userObject() != null)
                .map(spec -> spec.name())
                .collect(Collectors.toSet());
    }
}
