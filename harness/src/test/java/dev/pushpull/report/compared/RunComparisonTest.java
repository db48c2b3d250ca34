package dev.pushpull.report.compared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
    @TempDir
    private Path directory;

    @Test
    void aRunDoesNotDifferFromItself() throws IOException {
        RunComparison comparison =
                compared(Runs.ordinary().run(), Runs.ordinary().run());

        assertThat(comparison.regressions()).isEmpty();
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.figures())
                .extracting(ComparedFigure::judgement)
                .contains(Judgement.NO_DIFFERENCE, Judgement.NO_INTERVAL)
                .doesNotContain(Judgement.BETTER, Judgement.WORSE, Judgement.ONLY_ONE);
    }

    @Test
    void lostDeliveriesAreARegressionWhenTheyAreMoreThanChance() throws IOException {
        RunRecord none = Runs.ordinary().run();
        assertThat(compared(none, Runs.ordinary().webhooksMissed(40).run()).regressions())
                .contains("webhook.missed");
        assertThat(compared(none, Runs.ordinary().webhooksMissed(1).run()).regressions())
                .doesNotContain("webhook.missed");
    }

    @Test
    void limitsOfADifferenceAreTheSumOfSquaresOfTheDistancesToTheirOwn() {
        ComparedFigure figure = difference(new Estimate(100, 97, 104, ""), new Estimate(120, 116, 123, ""), 1);

        assertThat(figure.interval().orElseThrow().low()).isCloseTo(20 - Math.sqrt(4 * 4 + 4 * 4), within(1e-12));
        assertThat(figure.interval().orElseThrow().high()).isCloseTo(20 + Math.sqrt(3 * 3 + 3 * 3), within(1e-12));
        assertThat(figure.judgement()).isEqualTo(Judgement.WORSE);
        assertThat(difference(new Estimate(100, 97, 104, ""), new Estimate(120, 116, 123, ""), 4)
                        .judgement())
                .isEqualTo(Judgement.NO_DIFFERENCE);
        assertThat(difference(new Estimate(120, 116, 123, ""), new Estimate(100, 97, 104, ""), 1)
                        .judgement())
                .isEqualTo(Judgement.BETTER);
    }

    @Test
    void billsInTwoCurrenciesAreNotCompared() throws IOException {
        RunRecord run = Runs.ordinary().run();
        Pricing dollars = new Pricing("USD", OptionalDouble.of(0.4), Map.of("webhook", 25.0));
        Pricing euros = new Pricing("EUR", OptionalDouble.of(0.4), Map.of("webhook", 25.0));

        assertThat(compared(run.priced(dollars), run.priced(dollars)).figures())
                .extracting(figure -> figure.metric().column())
                .contains("monthly_bill", "monthly_total");
        assertThat(compared(run.priced(dollars), run.priced(euros)).figures())
                .extracting(figure -> figure.metric().column())
                .doesNotContain("monthly_bill", "monthly_fixed_sum", "monthly_total");
    }

    @Test
    void sayWhatOnlyOneOfThemHas() throws IOException {
        RunComparison comparison = compared(
                Runs.ordinary().modes("polling").run(),
                Runs.ordinary().modes("polling", "webhook").run());

        assertThat(comparison.remarks()).containsExactly("webhook is only in the second run");
    }

    @Test
    void cellsOfSweepsAreComparedWithTheirLike() throws IOException {
        RunRecord shared = Runs.ordinary().run();
        SweepRecord first = sweep(shared, Runs.ordinary().rate(4).run());
        SweepRecord second = sweep(Runs.ordinary().rate(2).run(), shared);
        RunComparison comparison = RunComparison.of(stored(first), stored(second));

        assertThat(comparison.pairs()).hasSize(1);
        assertThat(comparison.remarks())
                .containsExactly(
                        "T = 500ms, λ = 4/s is only in the first run", "T = 500ms, λ = 2/s is only in the second run");
        assertThatThrownBy(() -> RunComparison.of(
                        stored(sweep(shared)),
                        stored(sweep(
                                Runs.ordinary().rate(2).run(),
                                Runs.ordinary().rate(3).run()))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a cell in common");
    }

    @Test
    void thePageHoldsBothRunsAndNoMarkupOfTheirs() throws IOException {
        String markup = "<script>alert(1)</script>";
        RunComparison comparison = compared(
                Runs.ordinary().modes("polling", "webhook").type(markup).run(),
                Runs.ordinary()
                        .modes("polling", "webhook", markup)
                        .invalid(markup)
                        .run());
        Path folder = Files.createDirectory(directory.resolve("compared"));
        ComparedResults.write(comparison, folder);

        String page = Files.readString(folder.resolve("compared.html"));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\"name\":\"A polling\"", "\"name\":\"B polling\"")
                .contains("default-src 'none'")
                .doesNotContain("<script>alert");
        assertThat(page.split("<script", -1)).hasSize(1 + 3);
        assertThat(Files.readAllLines(folder.resolve("compared.csv")).get(0))
                .isEqualTo("cell,mode,metric,unit,better,first,first_low,first_high,second,second_low,second_high,"
                        + "difference,difference_low,difference_high,verdict");
    }

    @Test
    void theTerminalGetsEightyColumnsEvenForSixModes() throws IOException {
        String[] modes = {"polling", "webhook", "adaptive-polling", "conditional-polling", "long-polling", "hybrid"};
        RunComparison comparison = compared(
                Runs.ordinary().modes(modes).seconds(10).run(),
                Runs.ordinary().modes(modes).intervalMillis(20_000).seconds(300).run());
        String text = ComparedTerminal.render(comparison, Path.of("folder"), false, true);

        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text).contains("B differs as configured in");
        assertThat(text.lines().filter(line -> line.startsWith("latency mean ")))
                .as("one table a mode")
                .hasSize(6);
    }

    @Test
    void whatWasLostStandsBesideTheAnswer() throws IOException {
        Runs ten = Runs.ordinary().seconds(10).modes("polling");
        RunRecord whole = ten.run();

        assertThat(ComparedView.of(compared(ten.lost(90).run(), whole)).answer())
                .endsWith("In A were lost: polling 90 of 200 deliveries (45.0 %).");
    }

    private static ComparedFigure difference(Estimate first, Estimate second, double widening) {
        Metric metric = Metrics.named("latency_mean_ms").orElseThrow();
        return ComparedFigure.of(
                "", "polling", metric, "latency mean", figure(first), figure(second), AskedFor.NOTHING, widening);
    }

    private static Figure figure(Estimate estimate) {
        return new Figure(
                "latency_mean_ms",
                "latency mean",
                OptionalDouble.of(estimate.value()),
                "",
                Optional.of(estimate),
                Optional.empty(),
                false,
                "");
    }

    private static Judgement judgement(RunComparison comparison, String mode, String column) {
        return comparison.figures().stream()
                .filter(figure ->
                        figure.mode().equals(mode) && figure.metric().column().equals(column))
                .findFirst()
                .orElseThrow()
                .judgement();
    }

    private RunComparison compared(RunRecord first, RunRecord second) throws IOException {
        return RunComparison.of(stored(first), stored(second));
    }

    private StoredRun stored(RunRecord run) throws IOException {
        Path folder = Files.createTempDirectory(directory, "run");
        Files.writeString(folder.resolve(RunJson.FILE), RunJson.render(run));
        return StoredRun.read(folder);
    }

    private StoredRun stored(SweepRecord sweep) throws IOException {
        Path folder = Files.createTempDirectory(directory, "sweep");
        SweepResults.write(sweep, folder);
        return StoredRun.read(folder);
    }

    private static SweepRecord sweep(RunRecord... cells) {
        return new SweepRecord(
                1,
                "sweep",
                "sweep",
                List.of("pushpull", "sweep"),
                cells[0].startedAt(),
                Map.of(),
                cells.length,
                false,
                List.of(cells));
    }
}
