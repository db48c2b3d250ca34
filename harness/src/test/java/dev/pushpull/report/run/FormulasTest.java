package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.standalone.StandaloneResults;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.PartRecord;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from others never becomes a spreadsheet formula, and reads back unchanged; figures are figures. */
class FormulasTest {
    @TempDir
    Path directory;

    private static List<String> cells(String csv) {
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(csv)) {
            return rows.stream().skip(1).findFirst().orElseThrow().getFields();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+1"})
    void aTextThatASpreadsheetWouldRunStandsBehindAnApostrophe(String text) throws Exception {
        StringWriter out = new StringWriter();
        Csv.table(new EvidenceTable("deliveries", List.of("type", "n"), List.of(List.of(text, -1))), out);
        assertThat(cells(out.toString())).containsExactly("'" + text, "-1");
        assertThat(Csv.text("'" + text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evt_1", "'", "'quoted'", "a=b", " =1", "\n=1"})
    void anyOtherTextStandsAsItIs(String text) {
        assertThat(Csv.cell(text)).isEqualTo(text);
        assertThat(Csv.text(text)).isEqualTo(text);
    }

    @Test
    void figuresStayFigures() {
        assertThat(Csv.cell(-1.5)).isEqualTo("-1.5");
        assertThat(Csv.cell(-3L)).isEqualTo("-3");
        assertThat(Csv.cell(-0.0)).doesNotStartWith("'");
        assertThat(Csv.cell(null)).isEmpty();
    }

    @Test
    void aPartsTablesAreSafeAndItsJsonIsAsItIs() throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", "=mode");
        figures.put("latency_ms", -1.5);
        PartRecord part = new PartRecord(
                1,
                "run",
                "receive",
                List.of("pushpull"),
                "2026-01-01T00:00:00Z",
                Map.of(),
                figures,
                List.of(new EvidenceTable("items", List.of("id"), List.of(List.of("-2+3")))));
        StandaloneResults.write(part, directory);
        assertThat(Files.readAllLines(directory.resolve("items.csv"))).containsExactly("id", "'-2+3");
        assertThat(Files.readAllLines(directory.resolve("summary.csv")))
                .containsExactly("mode,latency_ms", "'=mode,-1.5");
        assertThat(Files.readString(directory.resolve("run.json"))).contains("[\"-2+3\"]", "\"=mode\"");
    }

    @Test
    void halfACharacterCostsNoResults() throws Exception {
        PartRecord part = new PartRecord(
                1,
                "run",
                "receive",
                List.of("pushpull"),
                "2026-01-01T00:00:00Z",
                Map.of(),
                Map.of("polls", 1L),
                List.of(new EvidenceTable("items", List.of("id"), List.of(List.of("a\ud800b")))));
        StandaloneResults.write(part, directory);
        assertThat(Files.readAllLines(directory.resolve("items.csv"))).containsExactly("id", "a?b");
        assertThat(Files.readString(directory.resolve("run.json"))).contains("[\"a?b\"]");
    }

    @Test
    void aJournalIsReadAsItWasBeforeItWasWritten() throws Exception {
        List<JournalStep> steps = List.of(
                new JournalStep("=m", -1, "=id", 1, JournalStep.Step.OCCURRED, 0, 0, 1, 0, "@stream"),
                new JournalStep("=m", 0, "'=id", 1, JournalStep.Step.RECEIVED, 0, 0, 1, 0, "'plain"));
        JournalFile.write(steps, directory);
        assertThat(Files.readString(directory.resolve("journal.csv"))).contains("'=m,,'=id,", "'=m,0,''=id,");
        assertThat(JournalFile.read(directory)).isEqualTo(steps);
    }
}
