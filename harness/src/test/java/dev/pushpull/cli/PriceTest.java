package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
    @TempDir
    private Path directory;

    @Test
    void aMonthOfPollsOnceASecondCostsWhatTwoAndAHalfMillionRequestsDo() throws IOException {
        Said said =
                Said.by("", List.of("predict", "--interval", "1s", "--consumers", "1", "--price", "0.40", "--json"));
        JsonNode polling =
                new ObjectMapper().readTree(said.output()).path("rows").get(0);
        assertThat(polling.path("monthly_bill").asDouble()).isCloseTo(30 * 86_400 / 1e6 * 0.4, within(1e-9));
        assertThat(Said.by("", List.of("predict", "--interval", "1s", "--price", "0.40"))
                        .output())
                .contains("bill a month");
        assertThat(Said.by("", List.of("predict", "--interval", "1s")).output()).doesNotContain("bill a month");
    }

    @Test
    void aRunIsBilledByWhatItAsked() throws IOException {
        Path folder = directory.resolve("run");
        Said said = Said.by(
                "",
                List.of(
                        "simulate",
                        "--interval",
                        "1m",
                        "--rate",
                        "30/h",
                        "--horizon",
                        "10d",
                        "--consumers",
                        "1",
                        "--price",
                        "1",
                        "--out",
                        folder.toString()));

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output()).contains("bill a month").containsPattern("0\\.0432");
        List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
        assertThat(summary.get(0)).contains(",monthly_bill,noise,lost,pending,monthly_requests,");
        assertThat(summary.get(1)).contains(",0.0432,,0,0,43200,");
        assertThat(folder.resolve("table.md")).content().contains("0.0432 a month");
        assertThat(Said.by("", List.of("report", folder.toString())).output()).contains("bill a month");
        assertThat(folder.resolve("summary.csv")).hasContent(String.join("\n", summary) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "$1", "cheap"})
    void whatIsNoPriceIsRefused(String price) {
        Said said = Said.by("", List.of("predict", "--price=" + price));
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors()).contains("--price").hasLineCount(1);
    }
}
