package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBarStyle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A flag has an effect or is refused, and a flag of another command is explained. */
@Tag("live")
class IgnoredFlagsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --connect-timeout 1s",
                "simulate --inbox sqlite",
                "simulate --outbox sqlite",
                "simulate --sender okhttp",
                "sweep --simulate --sender okhttp",
                "predict --sender okhttp",
                "simulate --isolate",
                "sweep --simulate --outbox sqlite",
                "sweep --simulate --isolate",
                "predict --disable 8",
                "predict --isolate",
                "predict --drain 1s",
                "predict --seed 2",
                "what-if --sender okhttp",
                "what-if --outage 1s@0s",
                "what-if --quota 5/h",
                "what-if --trace events.txt",
                "receive --secret whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz --stream c1",
                "receive --secret whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz --callback http://127.0.0.1/"
            })
    void whatIsNotModelledIsRefusedInOneLine(String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
        if (!words.get(0).equals("predict")) {
            words.addAll(List.of("--out", directory.resolve("out").toString()));
        }
        Said said = Said.by("", words);

        String flag = arguments.replaceAll(".*(--[a-z-]+).*", "$1");
        assertThat(said.errors())
                .startsWith("pushpull: " + flag + ": ")
                .contains("accepted")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void whatAPresetSetsInVainIsSaid() {
        Said said = Said.by(
                "",
                List.of(
                        "simulate",
                        "--preset",
                        "shopify",
                        "--horizon",
                        "1h",
                        "--out",
                        directory.resolve("out").toString()));

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output().replaceAll("\\s+", " ")).contains("virtual time does not model it: --connect-timeout");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        simulate --assert x<1  | it is a flag of compare, sweep, report
        predict --trials 5     | it is a flag of compare, simulate
        compare --poll-leg 1ms | it is a flag of sweep, simulate, predict
        predict --qota 5/h     | did you mean '--quota'?
        help compar            | did you mean 'compare'?
        """)
    void theNearestNameIsLookedForInEveryCommand(String arguments, String hint) {
        Said said = Said.by("", List.of(arguments.split(" ")));

        assertThat(said.errors()).contains(hint).hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSimulationWithoutANetworkSaysSo() throws IOException {
        Path out = directory.resolve("out");
        Said said = Said.by(
                "",
                List.of(
                        "simulate",
                        "--interval",
                        "10m",
                        "--rate",
                        "40/d",
                        "--horizon",
                        "30d",
                        "--out",
                        out.toString()));
        String html = Files.readString(out.resolve("report.html")).replaceAll("(?s)<(style|script).*?</\\1>", "");

        assertThat(said.output().replaceAll("\\s+", " "))
                .contains(
                        "30 d simulated, network delay taken as 0",
                        "events at 40/d a stream",
                        "a rate of 144/d a stream")
                .doesNotContainPattern("\\b0 ms late\\b")
                .doesNotContain("measured");
        assertThat(Files.readString(out.resolve("table.md"))).startsWith("# Four common claims, simulated");
        assertThat(html)
                .contains("Four common claims, simulated", "<th scope=\"col\">Simulated</th>")
                .doesNotContainIgnoringCase("measured")
                .doesNotContain("noise");
    }

    @Test
    void aSimulationWithDelaysDoesNotSayThatThereAreNone() {
        Said said = Said.by(
                "",
                List.of(
                        "simulate",
                        "--poll-leg",
                        "10ms",
                        "--webhook-leg",
                        "20ms",
                        "--horizon",
                        "1h",
                        "--out",
                        directory.resolve("out").toString()));

        assertThat(said.output()).doesNotContain("taken as 0");
    }

    @Test
    void aTraceOfASpreadsheetIsRefusedWithTheFlagThatSettlesIt() {
        Said said = Said.by(
                "45987.000000\n45987.000081\n45987.000324\n",
                List.of(
                        "simulate",
                        "--trace",
                        "-",
                        "--interval",
                        "100us",
                        "--out",
                        directory.resolve("out").toString()));

        assertThat(said.errors())
                .contains("in 1970", "a spreadsheet's days", "--trace-unit excel")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Said.by("", List.of("help")).output())
                .isEqualTo(Said.by("", List.of("--help")).output())
                .contains("compare");
        assertThat(Said.by("", List.of("help", "compare")).output())
                .isEqualTo(Said.by("", List.of("compare", "--help")).output())
                .contains("--interval");
    }

    @Test
    void theProgressBarHasNoColourWhereNobodyWantsAny() {
        assertThat(Progress.style(Map.of("NO_COLOR", "1"), true)).isEqualTo(ProgressBarStyle.UNICODE_BLOCK);
        assertThat(Progress.style(Map.of(), true)).isEqualTo(ProgressBarStyle.COLORFUL_UNICODE_BAR);
    }

    @ParameterizedTest
    @CsvSource({"60,60", "120,120", "20,60", "'',80", "wide,80", "0,80", "-5,80"})
    void textIsAsWideAsColumnsSays(String columns, int width) {
        assertThat(Terminal.columns(Map.of("COLUMNS", columns))).isEqualTo(width);
    }

    @Test
    void predictKeepsToTheColumnsThereAre() throws IOException, InterruptedException {
        assertThat(predicted("60").lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 60);
        assertThat(predicted("120").lines()).anyMatch(line -> line.length() > 80);
    }

    private String predicted(String columns) throws IOException, InterruptedException {
        try (Program program = Program.start(directory, Map.of("COLUMNS", columns), "predict")) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.DONE);
            return program.output();
        }
    }
}
