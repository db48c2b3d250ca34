package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.testing.SharedClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A sweep over hosts, which here are addresses of this one: each cell is a comparison over them. */
@Timeout(300)
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class SweepOverHostsTest {
    @TempDir
    private Path directory;

    @Test
    void everyCellIsMeasuredByTheHostsOfTheFile() throws Exception {
        Path hosts = Files.writeString(
                directory.resolve("hosts.toml"),
                "[provider]\n[[poller]]\naddress = '127.0.1.1'\n[[poller]]\naddress = '127.0.1.2'\n");
        Path out = directory.resolve("out");
        Said said = Said.by(
                "",
                List.of(("sweep --mode polling --consumers 4 --interval 200ms,500ms --rate 5/s --duration 1s --hosts "
                                + hosts + " --out " + out)
                        .split(" ")));
        assertThat(said.exitCode()).as(said.errors()).isIn(ExitCode.DONE, ExitCode.INVALID);
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(run.path("cells")).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.path("hosts").findValuesAsText("host"))
                    .containsExactly("127.0.0.1", "127.0.1.1", "127.0.1.2");
            assertThat(cell.path("outcomes")
                            .path(0)
                            .path("counts")
                            .path("polls")
                            .asLong())
                    .isPositive();
        });
    }

    /** The first cell starts its parts three times: to settle, to learn how long the way takes, and to measure; others twice. */
    @Test
    @Tag("slow")
    void aHostThatIsLostEndsItWithItsNameAndWhatWasMeasuredIsKept() throws Exception {
        Path starts = directory.resolve("starts");
        Path fragile = Files.writeString(
                directory.resolve("fragile.sh"),
                "while IFS= read -r line; do case $line in *'\"verb\":\"start\"'*) echo >>" + starts
                        + "; [ $(wc -l <" + starts + ") -lt 5 ] || exit;; esac;"
                        + " printf '%s\\n' \"$line\"; done | \"$@\"\n");
        Path hosts = Files.writeString(
                directory.resolve("hosts.toml"),
                "[provider]\n[[poller]]\naddress = '127.0.1.1'\nlauncher = 'sh " + fragile + "'\n");
        Path out = directory.resolve("out");
        Said said = Said.by(
                "",
                List.of(
                        ("sweep --mode polling --consumers 4 --interval 200ms,300ms,500ms --rate 5/s --duration 1s --hosts "
                                        + hosts + " --out " + out)
                                .split(" ")));
        assertThat(said.errors()).contains("pushpull: the poller on 127.0.1.1 ended before its time");
        assertThat(said.exitCode()).isEqualTo(ExitCode.INVALID);
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(run.path("partial").asBoolean()).isTrue();
        assertThat(run.path("cells")).as("the third is not begun").hasSize(2);
        assertThat(run.at("/cells/0/outcomes/0/counts/delivered").asLong()).isPositive();
        assertThat(run.at("/cells/1/outcomes/0/invalid").toString()).contains("the poller on 127.0.1.1 ended");
    }
}
