package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code --watch}. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class WatchFlagTest {
    @TempDir
    private Path directory;

    @Test
    void theAddressGoesToStandardErrorAndTheRestIsAsWithoutIt() throws Exception {
        Path out = directory.resolve("out");
        try (Program program = Program.start(
                directory,
                "compare",
                "--duration",
                "2s",
                "--drain",
                "1s",
                "--rate",
                "5/s",
                "--interval",
                "200ms",
                "--json",
                "--watch",
                "--out",
                out.toString())) {
            assertThat(program.exitCode()).as(program.errors()).isIn(ExitCode.DONE, ExitCode.INVALID);
            assertThat(program.errors()).contains("Watch it at http://127.0.0.1:");
            assertThat(new ObjectMapper().readTree(program.output()).isObject()).isTrue();
            assertThat(Files.readString(out.resolve("run.json"))).contains("CPU of the page that showed the run");
        }
    }

    @Test
    void whatHappensInOtherProcessesCannotBeWatched() {
        Said said = Said.by("", List.of("compare", "--processes", "separate", "--watch"));

        assertThat(said.errors())
                .contains("--processes: 'separate' is not accepted; accepted: 'one' together with --watch")
                .doesNotContain("Watch it at");
    }
}
