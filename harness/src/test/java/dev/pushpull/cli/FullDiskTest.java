package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What was measured is shown even if it cannot be saved. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "has a limit of the size of files in its shell")
@Tag("live")
class FullDiskTest {
    private static final List<String> COMMANDS = List.of(
            "simulate --horizon 1h --out a --json",
            "serve --port 0 --rate 5/s --duration 1s --out b --json",
            "sweep --simulate --duration 1h --interval 1m,5m --out c --json",
            "simulate --horizon 1h --out d",
            "serve --port 0 --rate 5/s --duration 1s --out e",
            "sweep --simulate --duration 1h --interval 1m,5m --out f");

    @TempDir
    private static Path directory;

    private static String[] each;

    /** A limit on the file size stands for a full disk: to the writer, both are an error in the middle. */
    @BeforeAll
    static void runAll() throws IOException, InterruptedException {
        Path run = directory.resolve("run");
        Said.by("", List.of("simulate", "--horizon", "1h", "--quiet", "--out", run.toString()));
        String all = String.join(" + ", COMMANDS) + " + report run + report run run --out both";
        Said said = Shell.run(directory, Map.of(), "(ulimit -f 1; %s %s 2>&1) | cat".formatted(eachAlone(), all));
        each = said.output().split("(?<=ended with \\d{1,3})\n");
        assertThat(each).hasSize(COMMANDS.size() + 2);
    }

    /** Several command lines, separated by a plus sign, in one JVM: starting one takes longer than simulating. */
    static final class EachAlone {
        private EachAlone() {}

        public static void main(String[] words) {
            Main.prepare();
            for (String line : String.join(" ", words).split(" \\+ ")) {
                System.out.println("ended with " + Main.exitCode(line.split(" ")));
                System.out.flush();
            }
        }
    }

    @Test
    void figuresArePrintedThoughTheFolderTakesThemNotAndNoReportIsNamed() {
        for (int i = 0; i < COMMANDS.size(); i++) {
            Path folder = directory.resolve(Character.toString('a' + i));
            assertThat(each[i])
                    .as(COMMANDS.get(i))
                    .contains("pushpull: the results could not be written to " + folder)
                    .doesNotContain("Report: ", "Results: ")
                    .endsWith("ended with 1");
            assertThat(each[i].contains("\"rows\":[{"))
                    .as(COMMANDS.get(i))
                    .isEqualTo(COMMANDS.get(i).endsWith("--json"));
            assertThat(folder).as("nothing half").doesNotExist();
        }
    }

    @Test
    void aReportThatCannotBeWrittenNamesItsFolderAndNoFileForAMoment() throws IOException {
        String reports = String.join("\n", each[COMMANDS.size()], each[COMMANDS.size() + 1]) + "\n";
        assertThat(reports.replace(directory.toRealPath() + "/", ""))
                .contains("pushpull: the folder run cannot be written: File too large\nended with 1\n")
                .containsPattern("pushpull: both/compared[.]\\w+: File too large\nended with 1\n")
                .doesNotContain("Report: ", "stage", "tmp");
    }

    private static String eachAlone() {
        return Shell.program("-XX:-UsePerfData")
                .replace("'dev.pushpull.cli.Main'", "'" + EachAlone.class.getName() + "'");
    }
}
