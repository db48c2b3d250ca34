package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --watch}. */
@Tag("live")
class WatchFlagTest {
    @TempDir
    private Path directory;

    @Test
    void theAddressGoesToStandardErrorAndTheRestIsAsWithoutIt() throws Exception {
        Path out = directory.resolve("out");
        List<String> words =
                List.of("compare --duration 1s --drain 1s --rate 5/s --interval 200ms --json --watch --out".split(" "));
        Said said = Said.by(
                "", Stream.concat(words.stream(), Stream.of(out.toString())).toList());
        assertThat(said.exitCode()).as(said.errors()).isIn(ExitCode.DONE, ExitCode.INVALID);
        assertThat(said.errors()).contains("Watch it at http://127.0.0.1:");
        assertThat(new ObjectMapper().readTree(said.output()).isObject()).isTrue();
        assertThat(Files.readString(out.resolve("run.json"))).contains("CPU of the page that showed the run");
    }

    @Test
    void whatHappensInOtherProcessesCannotBeWatched() {
        Said said = Said.by("", List.of("compare", "--processes", "separate", "--watch"));

        assertThat(said.errors())
                .contains("--processes: 'separate' is not accepted; accepted: 'one' together with --watch")
                .doesNotContain("Watch it at");
    }
}
