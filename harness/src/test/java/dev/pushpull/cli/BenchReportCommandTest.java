package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.bench.JmhReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void thePageComesToStandBesideTheFigures() throws IOException {
        try (InputStream fixture = JmhReport.class.getResourceAsStream("jmh.json")) {
            Files.copy(fixture, folder.resolve(JmhReport.FILE));
        }

        Said said = Said.by("", List.of("bench-report", folder.toString()));

        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.output()).isEqualTo("Report: " + folder.resolve("report.html") + "\n");
        assertThat(folder.resolve("report.html")).content().contains("CachedMac");
    }

    @Test
    void halfAFileIsRefusedInOneLine() throws IOException {
        Files.writeString(folder.resolve(JmhReport.FILE), "[{\"benchmark\" : \"dev.push");

        Said said = Said.by(
                "", List.of("bench-report", folder.resolve(JmhReport.FILE).toString()));

        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        assertThat(said.errors()).startsWith("pushpull: FILE: ").hasLineCount(1);
        assertThat(folder.resolve("report.html")).doesNotExist();
    }

    @Test
    void itIsForAScriptAndInNoList() {
        assertThat(Said.by("", List.of("--help")).output()).doesNotContain("bench-report");
        assertThat(Said.by("", List.of()).errors())
                .doesNotContain("bench-report")
                .contains("sweep, simulate");
    }
}
