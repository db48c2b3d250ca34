package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.ProgramAlone;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualPageTest {
    private static final Set<String> REQUESTS = Set.of(".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".nf", ".fi");

    private final String page = ProgramAlone.calls(ManualPage::text);

    @Test
    void everyCommandAndEveryFlagThatHelpShowsIsThere() {
        for (Map.Entry<String, CommandLine> command :
                Main.commandLine().getSubcommands().entrySet()) {
            if (!command.getValue().getCommandSpec().usageMessage().hidden()) {
                String heading = ".SH \"" + command.getKey().toUpperCase() + "\"\n";
                assertThat(page).contains(heading);
                String section = page.split(heading, 2)[1].split("\n\\.SH ", 2)[0].replace("\\-", "-");
                assertThat(section)
                        .as(command.getKey())
                        .contains(HelpLayout.groups(command.getValue().getCommandSpec()).values().stream()
                                .flatMap(options -> options.stream().map(OptionSpec::longestName))
                                .map(name -> "\\fB" + name + "\\fR")
                                .toList());
            }
        }
    }

    /** A line that begins with a full stop or an apostrophe is an order to the formatter, whatever its author meant. */
    @Test
    void textIsNeverTakenForARequest() {
        assertThat(page.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
                .isNotEmpty()
                .allMatch(line -> REQUESTS.contains(line.split(" ", 2)[0]));
        assertThat(page.lines().collect(Collectors.joining())).doesNotContain("%%", "%n");
    }
}
