package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void nameHome() {
        home = directory.resolve("results");
    }

    @Test
    void aRunIsMadeAgainFromItsRecordAlone() throws IOException {
        String run = simulated("run", "--interval", "1m");
        String report = Files.readString(Path.of(run, "report.html"));
        Files.delete(Path.of(run, "report.html"));
        Files.writeString(Path.of(run, "summary.csv"), "edited by hand");

        Said said = say("report", run);

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.errors()).contains("summary.csv differed from run.json").hasLineCount(1);
        assertThat(said.output()).contains("simulate: Poisson events at", run);
        assertThat(Path.of(run, "report.html")).hasContent(report);
        assertThat(home.resolve("index.html")).content().contains("./run/report.html");
        assertThat(new ObjectMapper()
                        .readTree(say("report", run, "--json").output())
                        .path("rows"))
                .hasSize(2);
    }

    @Test
    void aRunIsMadeAgainElsewhere() throws IOException {
        String run = simulated("run", "--interval", "1m");
        Path copy = home.resolve("copy");

        assertThat(say("report", run, "--out", copy.toString()).exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(copy.resolve("run.json")).hasSameTextualContentAs(Path.of(run, "run.json"));
        assertThat(copy.resolve("report.html")).exists();
    }

    @Test
    void aLongerIntervalIsAsConfiguredAndAnotherSeedMakesNoDifference() throws IOException {
        String before = simulated("before", "--interval", "1m");
        String after = simulated("after", "--interval", "2m");
        String again = simulated("again", "--interval", "1m", "--seed", "2");

        Said asked = say(
                "report", before, after, "--assert", "--out", home.resolve("a").toString());
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(ExitCode.DONE);
        assertThat(asked.output())
                .contains("Settings that differ", "poll interval (--interval): 1m in A, 2m in B", "as configured")
                .doesNotContain("worse", "better");
        Said same = say(
                "report",
                before,
                again,
                "--assert",
                "--quiet",
                "--out",
                home.resolve("b").toString());
        assertThat(same).isEqualTo(new Said(ExitCode.DONE, "", ""));
        assertThat(home.resolve("b/compared.html")).exists();
        assertThat(home.resolve("index.html")).content().contains("./b/compared.html");
    }

    @Test
    void moreLossesThanChanceExplainsAreARegression() throws IOException {
        String before = stored("before", Runs.ordinary());
        String after = stored("after", Runs.ordinary().webhooksMissed(40));

        Said worse = say(
                "report", before, after, "--assert", "--out", home.resolve("w").toString());
        assertThat(worse.exitCode()).isEqualTo(ExitCode.ASSERTION_FAILED);
        assertThat(worse.errors()).contains("pushpull: worse: webhook.missed");
    }

    private String stored(String name, Runs run) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        Files.writeString(folder.resolve("run.json"), RunJson.render(run.run()));
        return folder.toString();
    }

    @Test
    void jsonHasARowForEachModeAndMetric() throws IOException {
        String run = simulated("run", "--interval", "1m");
        Said said = say("report", run, run, "--json", "--out", home.resolve("c").toString());
        JsonNode rows = new ObjectMapper().readTree(said.output()).path("rows");

        assertThat(rows.findValuesAsText("metric")).contains("wasted_ratio", "latency_p99_ms", "missed");
        assertThat(rows.findValuesAsText("verdict")).contains("no difference").doesNotContain("worse");
        assertThat(said.errors()).isEmpty();
    }

    @Test
    void whatIsNoRunIsRefusedInOneLineAndNothingIsLeft() throws IOException {
        Path folder = Files.createDirectories(home.resolve("odd"));
        String run = simulated("run", "--interval", "1m");
        String record = Files.readString(Path.of(run, "run.json"));
        for (String content : List.of(
                "", "{", "[]", "{\"schema_version\":99}", "{\"schema_version\":1}", record.substring(0, 2000))) {
            Files.writeString(folder.resolve("run.json"), content);
            assertRefused(say("report", folder.toString()));
            assertRefused(say(
                    "report", run, folder.toString(), "--out", home.resolve("d").toString()));
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).hasSize(1);
            }
            assertThat(home.resolve("d")).doesNotExist();
        }
        Said nowhere = say("report", directory.resolve("nowhere").toString());
        assertRefused(nowhere);
        assertThat(nowhere.errors()).as("as usage calls it").startsWith("pushpull: RUN: '");
        assertRefused(say("report"));
        assertRefused(say("report", run, "--assert"));
        assertRefused(say("report", run, run, run));
    }

    private static void assertRefused(Said said) {
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors()).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.output()).isEmpty();
    }

    private String simulated(String name, String... flags) {
        String folder = home.resolve(name).toString();
        Said said = say(Stream.concat(
                        Stream.of("simulate", "--horizon", "1d", "--rate", "30/h", "--quiet", "--out", folder),
                        Stream.of(flags))
                .toArray(String[]::new));
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        return folder;
    }

    private static Said say(String... arguments) {
        return Said.by("", List.of(arguments));
    }
}
