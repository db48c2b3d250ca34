package dev.pushpull.report.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimChartTest {
    private static final EvidenceTable SWEEP = new EvidenceTable(
            "load-sweep",
            List.of(
                    "load_factor",
                    "mode",
                    "requests_per_delivery",
                    "requests_per_delivery_low",
                    "requests_per_delivery_high"),
            List.of(
                    List.of(0.1, "polling", 9.5, 8.0, 11.0),
                    List.of(0.1, "webhook", 1.0, 1.0, 1.0),
                    List.of(3.0, "polling", 0.33, 0.3, 0.36)));

    private static ClaimFinding effort() {
        String cited = SWEEP.cited("load_factor", "requests_per_delivery");
        return new ClaimFinding(
                Claim.EFFORT,
                Verdict.HOLDS_WHEN,
                "lambda*T < 1.01",
                "it does",
                List.of(
                        Figure.of("requests_per_delivery_at_load_0.10", "requests", 9.5, 1, cited)
                                .predicted(10, 1),
                        Figure.of("requests_per_delivery_at_load_3.0", "requests", 0.33, 1, cited)
                                .predicted(0.333, 1),
                        Figure.of("crossover_requests_load_factor", "events/interval", 1.007, Double.NaN, cited)),
                List.of(SWEEP));
    }

    @Test
    void theFiguresOfOneScaleStandInTheChartWithTheirIntervalsAndWhatIsPredicted() {
        DotChart chart = ClaimChart.of(effort()).orElseThrow();

        assertThat(chart.title())
                .isEqualTo(
                        "Requests per delivered event: polling needs as many as webhooks at 1.01 events per interval");
        assertThat(chart.rows())
                .extracting(DotChart.Row::label)
                .containsExactly("0.10 events per interval", "3.0 events per interval");
        assertThat(chart.rows().get(0).drawn())
                .as("two measured, two predicted")
                .hasSize(4);
        assertThat(chart.rows().get(0).drawn().get(0).low()).isNotEmpty();
        assertThat(chart.rows().get(0).drawn().get(2).low()).as("a prediction").isEmpty();
        assertThat(chart.alternative()).contains("0.10 events per interval: polling 9.50, webhook 1.00.");
    }

    @Test
    void theIntervalComesFromTheRowThatHoldsTheFigure() {
        Figure figure = effort().figures().get(1);

        assertThat(ClaimInterval.of(effort(), figure, 0.33)).contains(new ClaimInterval(0.3, 0.36));
        assertThat(ClaimInterval.of(effort(), figure, 0.34)).as("no such row").isEmpty();
        assertThat(ClaimInterval.of(effort(), Figure.of("a", "", 1, 1, "elsewhere"), 1))
                .isEmpty();
    }

    private static ClaimFinding streams() {
        String cited = "evidence/streams.csv: latency_mean_ms";
        return new ClaimFinding(
                Claim.STREAMS,
                Verdict.HOLDS_WHEN,
                "connections live > 2 h",
                "it does",
                List.of(
                        Figure.of("mean_alone", "ms", 100, 0.25, cited)
                                .predicted(100, Double.NaN)
                                .other(0.125, Double.NaN),
                        Figure.of("mean_life_limit", "ms", 100, 0.25, cited).other(20, 21)),
                List.of());
    }

    @Test
    void aClaimAboutAnotherWayHasAColumnAndASignForIt() {
        DotChart chart = ClaimChart.of(streams()).orElseThrow();

        assertThat(chart.title())
                .isEqualTo("Mean delay: 100 ms by polling, 250 µs by webhook, 125 µs to 20.0 ms by stream");
        assertThat(chart.legend())
                .extracting(DotChart.Key::text)
                .containsExactly("Polling", "Webhook", "Stream", "predicted");
        assertThat(chart.rows().get(0).drawn())
                .extracting(DotChart.Drawn::diamond)
                .contains(true);
        ClaimsView view = ClaimsView.of(Findings.record(List.of(streams(), effort())));
        assertThat(ClaimsMarkdown.render(view))
                .contains("| Figure | Unit | Polling | Webhook | Stream | Evidence |")
                .contains("| mean life limit | ms | 100 | 0.250 | 20.0 (21.0) |")
                .as("the others keep their columns")
                .contains("| Figure | Unit | Polling | Webhook | Evidence |");
        assertThat(ClaimsTerminal.render(Findings.record(List.of(streams())), Optional.empty(), false, true))
                .containsPattern("polling +webhook +stream")
                .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 80));
        Map<String, Object> row = ClaimRows.of(List.of(streams())).get(1);
        assertThat(row).containsEntry("other_way", "stream").containsEntry("other", 20.0);
        assertThat(row.keySet()).containsExactlyElementsOf(ClaimRows.HEADER);
    }

    @Test
    void wholeNumbersThatATableTellsHaveNoChart() {
        ClaimFinding finding = new ClaimFinding(
                Claim.INFRASTRUCTURE,
                Verdict.HOLDS,
                "",
                "it does",
                List.of(Figure.of("secrets", "", 0, 20, "evidence/x.csv: a")),
                List.of());

        assertThat(ClaimChart.of(finding)).isEmpty();
    }

    static Stream<ClaimFinding> drawn() {
        return LongStream.rangeClosed(1, 10).boxed().flatMap(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            return Stream.of(
                            Claim.REAL_TIME,
                            Claim.SIGNATURES,
                            Claim.TIMEOUTS,
                            Claim.INSTANT_UPDATES,
                            Claim.DELIVERY_FAILURES,
                            Claim.BAD_ENDPOINT)
                    .map(claim -> drawn(claim, random));
        });
    }

    private static ClaimFinding drawn(Claim claim, SplittableRandom random) {
        String prefix = ClaimScale.of(claim).orElseThrow().prefix();
        List<Figure> figures = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            double polling = random.nextInt(4) == 0 ? Double.NaN : Math.exp(8 * random.nextDouble() - 4);
            double webhook = random.nextInt(4) == 0 ? Double.NaN : Math.exp(8 * random.nextDouble() - 4);
            figures.add(Figure.of(prefix + "case_" + i, "x", polling, webhook, "evidence/x.csv: a"));
        }
        figures.add(Figure.of("something_else", "x", 1e9, 1e-9, "evidence/x.csv: a"));
        return new ClaimFinding(claim, Verdict.HOLDS, "", "it does", figures, List.of());
    }

    /** The reading test: ten seeds of six claims. */
    @ParameterizedTest
    @MethodSource("drawn")
    void theTitleNamesTheLeastAndTheMostOfEitherWay(ClaimFinding finding) {
        ClaimScale scale = ClaimScale.of(finding.claim()).orElseThrow();
        String title = ClaimTitle.of(finding, scale);

        List<Figure> shown = finding.figures().stream()
                .filter(figure -> figure.metric().startsWith(scale.prefix()))
                .toList();
        for (boolean polling : new boolean[] {true, false}) {
            List<Double> values = new ArrayList<>();
            shown.forEach(figure -> (polling ? figure.polling() : figure.webhook()).ifPresent(values::add));
            if (!values.isEmpty()) {
                double least = values.stream().mapToDouble(value -> value).min().orElseThrow();
                double most = values.stream().mapToDouble(value -> value).max().orElseThrow();
                assertThat(title).contains(scale.text(least)).contains(scale.text(most));
            }
        }
        assertThat(title).startsWith(scale.axis() + ": ").doesNotContain(Decimals.significant(1e9));
    }

    @Test
    void everyClaimHasATitleAndNoneShowsTheNumberOfAPapersSection() {
        assertThat(Claim.values()).extracting(Claim::title).doesNotContain("").doesNotHaveDuplicates();
        ClaimsView.Row row =
                ClaimsView.of(Findings.record(List.of(effort()))).rows().get(0);
        assertThat(row.title()).isEqualTo("Effort");
        String markdown = ClaimsMarkdown.render(ClaimsView.of(Findings.record(List.of(effort()))));
        assertThat(markdown)
                .contains("| Claim | Statement | Verdict | Why |", "## Effort")
                .doesNotContain("Section");
    }

    @Test
    void casesAreSaidAsPeopleSayThem() {
        assertThat(ClaimFinding.words("receiver_busy_120_percent_poisson"))
                .isEqualTo("receiver 120 % busy, random events");
        assertThat(ClaimFinding.words("latency_p90_receiver_busy_60_percent_bursty"))
                .isEqualTo("latency p90, receiver 60 % busy, events in bursts");
        assertThat(ClaimFinding.words("beside_a_slow_one_in_flight_4_each_1"))
                .isEqualTo("beside a slow one, 4 in flight, 1 each");
        assertThat(ClaimFinding.words("genuine_p50_attacked")).isEqualTo("genuine p50 attacked");
    }
}
