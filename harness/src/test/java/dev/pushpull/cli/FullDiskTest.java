package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was measured is shown even if it cannot be saved. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "has a limit of the size of files in its shell")
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {
    @TempDir
    private Path directory;

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

    /** A limit on the file size stands for a full disk: to the writer, both are an error in the middle. */
    @Test
    void figuresArePrintedThoughTheFolderTakesThemNotAndNoReportIsNamed() throws IOException, InterruptedException {
        List<String> commands = List.of(
                "simulate --horizon 1h --out a --json",
                "serve --port 0 --rate 5/s --duration 1s --out b --json",
                "sweep --simulate --duration 1h --interval 1m,5m --out c --json",
                "simulate --horizon 1h --out d",
                "serve --port 0 --rate 5/s --duration 1s --out e",
                "sweep --simulate --duration 1h --interval 1m,5m --out f");
        Said said = Shell.run(
                directory,
                Map.of(),
                "(ulimit -f 1; %s %s 2>&1) | cat".formatted(eachAlone(), String.join(" + ", commands)));
        String[] each = said.output().split("(?<=ended with \\d{1,3})\n");
        assertThat(each).hasSameSizeAs(commands);
        for (int i = 0; i < each.length; i++) {
            Path folder = directory.resolve(Character.toString('a' + i));
            assertThat(each[i])
                    .as(commands.get(i))
                    .contains("pushpull: the results could not be written to " + folder)
                    .doesNotContain("Report: ", "Results: ")
                    .endsWith("ended with 1");
            assertThat(each[i].contains("\"rows\":[{"))
                    .as(commands.get(i))
                    .isEqualTo(commands.get(i).endsWith("--json"));
            assertThat(folder).as("nothing half").doesNotExist();
        }
    }

    @Test
    void aReportThatCannotBeWrittenNamesItsFolderAndNoFileForAMoment() throws IOException, InterruptedException {
        Said.by(
                "",
                List.of(
                        "simulate",
                        "--horizon",
                        "1h",
                        "--quiet",
                        "--out",
                        directory.resolve("run").toString()));
        Said said = Shell.run(
                directory,
                Map.of(),
                "(ulimit -f 1; %s report run + report run run --out both 2>&1) | cat".formatted(eachAlone()));
        assertThat(said.output().replace(directory.toRealPath() + "/", ""))
                .contains("pushpull: the folder run cannot be written: File too large\nended with 1\n")
                .containsPattern("pushpull: both/compared[.]\\w+: File too large\nended with 1\n")
                .doesNotContain("Report: ", "stage", "tmp");
    }

    private static String eachAlone() {
        return Shell.program("-XX:-UsePerfData")
                .replace("'dev.pushpull.cli.Main'", "'" + EachAlone.class.getName() + "'");
    }
}
