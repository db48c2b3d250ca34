package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Event times as they come, at the command line. */
class TraceCommandTest {
    /** Ten events a second apart at the start of each of fifty hours. */
    private static final String BURSTS = IntStream.range(0, 500)
            .mapToObj(i -> String.valueOf(1_764_115_200L + i / 10 * 3_600 + i % 10))
            .collect(Collectors.joining("\n", "", "\n"));

    @TempDir
    private Path directory;

    @Test
    void aTraceIsDescribedWithALawWhoseFlagsCanBeTyped() throws IOException {
        Said said = Said.by(BURSTS, List.of("trace", "-"));
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.errors()).isEqualTo("pushpull: trace: one a line, 500 times, epoch seconds\n");
        assertThat(said.output())
                .contains("500 events in 2.04d", "2025-11-26T00:00:00Z to 2025-11-28T01:00:09Z", "mon ", "sun ", "cv")
                .doesNotContain("NaN");
        assertThat(said.output().lines()).allMatch(line -> line.length() <= 80 || line.contains("--arrivals"));
        Matcher flags = Pattern.compile("(--arrivals bursty --burst-rate \\S+ --mean-on \\S+ --mean-off \\S+)")
                .matcher(said.output());
        assertThat(flags.find()).isTrue();
        List<String> predict = new ArrayList<>(List.of("predict", "--json", "--interval", "1m"));
        predict.addAll(List.of(flags.group(1).split(" ")));
        assertThat(Said.by("", predict).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void itsPlotIsAWholePictureThatHarmsNoFile() throws Exception {
        Path plot = directory.resolve("a.svg");
        Path trace = Files.writeString(directory.resolve("a&<b>.txt"), BURSTS);
        List<String> words = List.of("trace", trace.toString(), "--plot", plot.toString());
        assertThat(Said.by("", words).exitCode()).isEqualTo(ExitCode.DONE);
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(plot.toFile())
                .getDocumentElement();
        assertThat(svg.getElementsByTagName("circle").getLength())
                .as("an interval each")
                .isEqualTo(11);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                .contains("a&<b>.txt: 500 events in 2.04d");
        assertThat(Files.readString(plot)).doesNotContain("NaN", "Infinity");
        Files.writeString(plot, "mine");
        Said again = Said.by("", words);
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.errors()).contains("--plot: ").hasLineCount(1);
        assertThat(plot).hasContent("mine");
    }

    @Test
    void itsJsonHasTheExactWasteThatPredictTells() throws IOException {
        JsonNode rows = new ObjectMapper()
                .readTree(Said.by(BURSTS, List.of("trace", "-", "--json")).output())
                .path("rows");
        JsonNode minute = null;
        for (JsonNode row : rows) {
            minute = row.path("interval_s").asDouble() == 60 ? row : minute;
        }
        assertThat(rows.get(0).path("about").asText()).isEqualTo("trace");
        assertThat(rows.get(0).path("events").asLong()).isEqualTo(500);
        double covered = 49 * 60 + 50 * 9;
        assertThat(minute.path("wasted_ratio").asDouble())
                .isEqualTo(1 - covered / (49 * 3_600 + 9), org.assertj.core.data.Offset.offset(1e-12));
        JsonNode predicted = new ObjectMapper()
                .readTree(Said.by(BURSTS, List.of("predict", "--json", "--trace", "-", "--interval", "1m"))
                        .output())
                .path("rows");
        assertThat(predicted.get(0).path("wasted_ratio").asDouble())
                .isEqualTo(minute.path("wasted_ratio").asDouble(), org.assertj.core.data.Offset.offset(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "predict", "sweep --simulate", "advise --need latency_p50<1h"})
    void everyCommandThatTakesATraceTakesItsFlagsAndSaysWhatItDecided(String command) {
        List<String> all = new ArrayList<>(List.of(command.split(" ")));
        all.addAll(List.of("--trace", "-", "--trace-column", "at", "--interval", "10m"));
        if (command.startsWith("advise")) {
            all.removeAll(List.of("--interval", "10m"));
        }
        if (!command.equals("predict")) {
            all.addAll(List.of("--out", directory.resolve("results").toString()));
        }
        String table =
                BURSTS.lines().map(line -> line + ";" + line + "5").collect(Collectors.joining("\n", "at;id\n", ""));
        Said said = Said.by(table, all);
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.errors()).contains("pushpull: trace: column at, 500 times, epoch seconds\n");
    }

    @Test
    void aLogWithoutAYearIsOfTheYearOfItsFile() throws IOException {
        Path log = Files.writeString(
                directory.resolve("syslog"), "Nov 26 00:00:00 host a: b\nNov 26 00:00:07 host a: b\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2023-11-27T00:00:00Z")));
        assertThat(Said.by("", List.of("trace", log.toString())).errors())
                .contains("of 2023 (the latest in which none is later than 2023-11-27)");
        assertThat(Said.by("", List.of("trace", log.toString(), "--trace-year", "2020"))
                        .output())
                .contains("2020-11-26T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace nowhere.txt                       | trace: 'nowhere.txt' cannot be read",
                "trace - --trace-unit parsec             | 'parsec'",
                "trace - --trace-form sundial            | 'sundial'",
                "trace - --trace-zone Moon/Base          | --trace-zone: 'Moon/Base' is not accepted; accepted: a zone such as UTC",
                "trace - --trace-date-order ymd          | 'ymd'",
                "trace - --trace-year 12                 | --trace-year",
                "trace - --trace-unit excel              | spans more than 292 years or is no time",
                "predict --trace-column at               | --trace-column: 'at' is not accepted here; it is for --trace",
                "what-if --trace-unit s                  | --trace-unit",
            })
    void badInputIsRefusedInOneLine(String line) {
        String[] parts = line.split("\\|");
        Said said = Said.by(BURSTS, List.of(parts[0].strip().split(" +")));
        assertThat(said.errors()).hasLineCount(1);
        if (!parts[1].contains(" or is no time")) {
            assertThat(said.errors()).contains(parts[1].strip());
        }
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
    }

    @Test
    void whatIsPackedOtherwiseIsRefusedWithTheWayToUnpackIt() throws IOException {
        Path packed = Files.write(directory.resolve("a.xz"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1, 2});
        assertThat(Said.by("", List.of("trace", packed.toString())).errors())
                .contains("xz -dc")
                .hasLineCount(1);
        Path broken = Files.write(
                directory.resolve("a.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4, 0, 9, 9, 9, 9});
        assertThat(Said.by("", List.of("trace", broken.toString())).errors())
                .contains("cannot be read")
                .hasLineCount(1);
    }
}
