package dev.pushpull.report.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.stored.Rerendering;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.PredictionRecord.PredictedMode;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a prediction says, against the figures that it says it about. */
class PredictionPageTest {
    private static final List<String> ALL =
            DeliveryModes.all().stream().map(DeliveryMode::name).toList();

    @TempDir
    private Path directory;

    private static Stream<PredictionRecord> records() {
        SplittableRandom random = new SplittableRandom(18);
        Stream.Builder<PredictionRecord> records = Stream.builder();
        for (int seed = 0; seed < 10; seed++) {
            for (List<String> modes : List.of(List.of("polling", "webhook"), ALL)) {
                double rate = Math.pow(10, random.nextDouble(-5, 2));
                long intervalMillis = Math.round(Math.pow(10, random.nextDouble(2, 7)));
                for (var arrivals : List.of(
                        new PoissonArrivals(rate), new PeriodicArrivals(rate), BurstyArrivals.ofMeanRate(rate))) {
                    Scenario scenario = Runs.ordinary()
                            .arrivals(arrivals)
                            .intervalMillis(intervalMillis)
                            .scenario();
                    records.add(PredictionRecords.of("predict", scenario, modes));
                }
            }
        }
        return records.build();
    }

    @Test
    void titlesSayWhatIsTrueOfTheFigures() {
        for (PredictionRecord record : records().toList()) {
            String title = PredictionWords.title(record);
            String curves = PredictionWords.ofCurves(record);
            for (PredictedMode mode : record.predictions()) {
                String called = mode.traits().called();
                mode.prediction().value("requests_per_delivery").stream()
                        .filter(requests -> title.contains(called + " need"))
                        .forEach(requests -> assertThat(title)
                                .contains(mode.traits().with("needs ", "need ") + Decimals.significant(requests)
                                        + " requests per delivered event"));
                mode.prediction()
                        .value("latency_p99_ms")
                        .ifPresent(late -> assertThat(curves)
                                .startsWith("99 % of the events should arrive within")
                                .contains(Decimals.milliseconds(late) + " by " + called));
            }
            assertThat(title).startsWith("By closed form polling ").contains("; webhooks need ");
            assertThat(title.contains("Lost here"))
                    .as(title)
                    .isEqualTo(record.predictions().stream()
                            .anyMatch(mode ->
                                    mode.prediction().value("lost_ratio").orElse(0) > PredictionWords.LOST));
        }
    }

    @Test
    void thePageHasEveryFigureOfTheTerminalWithItsFormula() {
        PredictionRecord record =
                PredictionRecords.of("predict", Runs.ordinary().scenario(), List.of("polling", "webhook"));
        String page = PredictionResults.html(record).replaceAll("(?s)<(style|script).*?</\\1>", "");
        for (PredictedMode mode : record.predictions()) {
            PredictionReport.shown(mode.prediction())
                    .forEach(metric -> assertThat(page)
                            .contains(">" + metric.label() + "<")
                            .contains(PredictionReport.value(
                                    metric,
                                    mode.prediction().value(metric.column()).getAsDouble(),
                                    "EUR")));
        }
        assertThat(page).contains("25.00 EUR", "Nothing was run", "T/2 + v", "The command to repeat it");
        assertThat(page.length()).as("an ordinary page").isLessThan(450_000);
    }

    @Test
    void aPageOfSlidersSaysNothingThatIsWrongOnceTheyMove() {
        String page = PredictionResults.html(
                        PredictionRecords.of("what-if", Runs.ordinary().scenario(), List.of("polling", "webhook")))
                .replaceAll("(?s)<(style|script).*?</\\1>", "");

        assertThat(page)
                .contains("What would polling cost", "id=\"what-if-section\"", "<details open>")
                .doesNotContain("id=\"figures\"", "class=\"highlights\"", "id=\"spectrum\"");
    }

    @Test
    void allFilesOfAPredictionCanBeMadeAgainFromItsRecord() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("predicted"));
        PredictionRecord record =
                PredictionRecords.of("predict", Runs.ordinary().scenario(), ALL);
        PredictionResults.write(record, folder);
        String page = Files.readString(folder.resolve("report.html"));
        String figures = Files.readString(folder.resolve("prediction.csv"));
        Files.delete(folder.resolve("report.html"));
        Files.writeString(folder.resolve("prediction.csv"), "other");

        assertThat(Rerendering.write(StoredRun.read(folder), folder)).containsExactly("prediction.csv");
        assertThat(folder.resolve("report.html")).hasContent(page);
        assertThat(folder.resolve("prediction.csv")).hasContent(figures);
        assertThat(StoredRun.read(folder).rows()).isEqualTo(record.rows());
        assertThat(figures.lines().findFirst().orElseThrow())
                .isEqualTo(String.join(",", PredictionRecord.columns()))
                .contains(",monthly_fixed_sum,monthly_total,");
    }
}
