package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was measured is shown even if it cannot be saved. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "has a limit of the size of files in its shell")
@Tag("live")
class FullDiskTest {
    @TempDir
    private Path directory;

    /** A limit on the file size stands for a full disk: to the writer, both are an error in the middle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --horizon 1h --json",
                "serve --port 0 --rate 5/s --duration 1s --json",
                "sweep --simulate --duration 1h --interval 1m,5m --json",
            })
    void figuresArePrintedThoughTheFolderTakesThemNot(String command) throws IOException, InterruptedException {
        Said said = Shell.run(
                directory,
                Map.of(),
                "(ulimit -f 1; %s %s --out out 2>&1; echo \"ended with $?\") | cat"
                        .formatted(Shell.program("-XX:-UsePerfData"), command));
        assertThat(said.output())
                .contains("\"rows\":[{")
                .contains("pushpull: the results could not be written to " + directory.resolve("out"))
                .endsWith("ended with 1\n");
        assertThat(directory.resolve("out")).as("nothing half").doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenNamesItsFolderAndNoFileForAMoment() throws IOException, InterruptedException {
        Said said = Shell.run(
                directory,
                Map.of("program", Shell.program("-XX:-UsePerfData")),
                "eval \"$program simulate --horizon 1h --quiet --out run\"; (ulimit -f 1; for runs in run 'run run --out both'; do eval \"$program report $runs\" 2>&1; echo \"ended with $?\"; done) | cat");
        assertThat(said.output().replace(directory.toRealPath() + "/", ""))
                .contains("pushpull: the folder run cannot be written: File too large\nended with 1\n")
                .containsPattern("pushpull: both/compared[.]\\w+: File too large\nended with 1\n")
                .doesNotContain("Report: ", "stage", "tmp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --horizon 1h",
                "serve --port 0 --rate 5/s --duration 1s",
                "sweep --simulate --duration 1h --interval 1m,5m",
            })
    void noReportIsNamedThatWasNotWritten(String command) throws IOException, InterruptedException {
        Said said = Shell.run(
                directory,
                Map.of(),
                "(ulimit -f 1; %s %s --out out 2>&1; echo \"ended with $?\") | cat"
                        .formatted(Shell.program("-XX:-UsePerfData"), command));
        assertThat(said.output())
                .contains("pushpull: the results could not be written to " + directory.resolve("out"))
                .doesNotContain("Report: ", "Results: ")
                .endsWith("ended with 1\n");
    }
}
