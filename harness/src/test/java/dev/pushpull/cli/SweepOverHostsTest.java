package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep over hosts, which here are addresses of this one: each cell is a comparison over them. */
@Timeout(300)
@Tag("live")
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
}
