package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.run.FourClaims.Row;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.BurstyArrivals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FourClaimsTest {
    private static final int EFFORT = 0;
    private static final int REAL_TIME = 1;
    private static final int EFFICIENCY = 2;
    private static final int INFRASTRUCTURE = 3;

    @Test
    void hasTheDocumentsRowsAndItsWords() {
        FourClaims table = FourClaims.of(Runs.ordinary().run());

        assertThat(table.columns()).extracting(Outcome::mode).containsExactly("polling", "webhook");
        assertThat(table.rows())
                .extracting(Row::feature)
                .containsExactly("Effort", "Real-time", "Efficiency", "Infrastructure");
        assertThat(table.rows().get(EFFICIENCY).cells())
                .extracting(FourClaims.Cell::statement)
                .containsExactly("Inefficient (many empty requests).", "Highly efficient (only sent on events).");
    }

    @Test
    void carriesMeasuredFiguresWithIntervalAndExpectation() {
        Figure mean = FourClaims.of(Runs.ordinary().run())
                .rows()
                .get(REAL_TIME)
                .cells()
                .get(0)
                .figures()
                .get(0);

        assertThat(mean.interval()).isPresent();
        assertThat(FigureText.expected(mean)).isEqualTo("253 ms = T/2 + v");
        assertThat(FigureText.withInterval(mean)).matches("2\\d\\d ±\\d+ ms");
    }

    @Test
    void effortHoldsBelowOneEventAnInterval() {
        FourClaims.Verdict verdict = verdict(Runs.ordinary(), EFFORT);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.sentence())
                .contains("2.00 times as many requests", "make as many at λT = 1 (here 0.5)", "a rate of 2/s a stream");
    }

    @Test
    void effortFailsAboveOneEventAnInterval() {
        FourClaims.Verdict verdict = verdict(Runs.ordinary().rate(6), EFFORT);

        assertThat(verdict.standing()).isEqualTo(Standing.FAILS);
        assertThat(verdict.sentence()).contains("3.00 times fewer requests", "(here 3)");
    }

    @Test
    void effortIsUndecidedWhereTheIntervalsMeet() {
        assertThat(verdict(Runs.ordinary().rate(2), EFFORT).standing()).isEqualTo(Standing.UNDECIDED);
    }

    @Test
    void retriesMoveThePointWhereBothAreEqual() {
        FourClaims.Verdict verdict =
                verdict(Runs.ordinary().attemptsPerDelivery(2).rate(0.4), EFFORT);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS_IN_PART);
        assertThat(verdict.sentence()).contains("retried", "make as many at λT = 0.5 (here 0.2)");
    }

    @Test
    void realTimeComparesWithHalfAnIntervalAndTheBareRoundTrip() {
        FourClaims.Verdict verdict = verdict(Runs.ordinary(), REAL_TIME);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.sentence())
                .contains("T/2 is 250 ms", "times sooner", "times a bare round trip")
                .contains("no interval would make polling as early");
    }

    @Test
    void realTimeHoldsInPartWhenWebhooksAreMissed() {
        FourClaims.Verdict verdict = verdict(Runs.ordinary().webhooksMissed(12), REAL_TIME);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS_IN_PART);
        assertThat(verdict.sentence())
                .endsWith("Pending when the time was over: webhook 12 of 600 deliveries (2.00 %).");
    }

    @Test
    void efficiencyTellsRequestsFromBytes() {
        FourClaims.Verdict cheaper = verdict(Runs.ordinary(), EFFICIENCY);
        FourClaims.Verdict dearer = verdict(Runs.ordinary().webhookBytes(5_000), EFFICIENCY);
        FourClaims.Verdict neither = verdict(Runs.ordinary().rate(6), EFFICIENCY);

        assertThat(cheaper.standing()).isEqualTo(Standing.HOLDS);
        assertThat(cheaper.sentence()).contains("expected 60.7 % = e^(-λT)", "webhooks are cheaper by 15.0 %");
        assertThat(dearer.standing()).isEqualTo(Standing.HOLDS_IN_PART);
        assertThat(dearer.sentence()).contains("polling is cheaper by 56.0 %");
        assertThat(neither.standing()).isEqualTo(Standing.FAILS);
    }

    @Test
    void efficiencyNamesThePoissonValueBesideOtherArrivals() {
        assertThat(verdict(Runs.ordinary().arrivals(BurstyArrivals.ofMeanRate(1)), EFFICIENCY)
                        .sentence())
                .contains("Poisson events at this rate would waste 60.7 %");
    }

    @Test
    void infrastructureCountsWhatHadToBeSetUp() {
        FourClaims.Verdict verdict = verdict(Runs.ordinary(), INFRASTRUCTURE);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.sentence())
                .contains("Webhooks needed 1 listening socket at the consumer,", "20 secrets and 20 set-up requests")
                .contains("Polling needed no listening sockets at the consumer")
                .contains("An endpoint no longer matters where consumers are servers already")
                .doesNotContain("stops to matter");
    }

    @Test
    void theClaimsAreWeighedOnlyWhereBothSidesWereRun() {
        for (String[] modes :
                List.of(new String[] {"polling"}, new String[] {"webhook"}, new String[] {"hybrid", "long-polling"})) {
            FourClaims table = FourClaims.of(Runs.ordinary().modes(modes).run());

            assertThat(table.columns()).isEmpty();
            assertThat(table.rows()).isEmpty();
            assertThat(table.blocks())
                    .extracting(block -> block.outcome().mode())
                    .containsExactly(modes);
        }
    }

    @Test
    void saysThatNoEventOccurred() {
        FourClaims table =
                FourClaims.of(Runs.ordinary().consumers(1).seconds(1).rate(0.01).run());

        assertThat(table.rows().get(EFFORT).verdict().standing()).isEqualTo(Standing.UNDECIDED);
        assertThat(table.rows().get(REAL_TIME).verdict().sentence()).startsWith("No event occurred");
    }

    @Test
    void saysTooFewInsteadOfAQuantileOfAHundredSamples() {
        Figure p99 = FourClaims.of(Runs.ordinary().consumers(5).seconds(20).run())
                .rows()
                .get(REAL_TIME)
                .cells()
                .get(0)
                .figures()
                .get(2);

        assertThat(FigureText.withInterval(p99)).isEqualTo("too few samples for this percentile");
    }

    @Test
    void decidesNothingOnAnInvalidRun() {
        FourClaims table = FourClaims.of(Runs.ordinary().invalid("a reason").run());

        assertThat(table.rows()).extracting(row -> row.verdict().standing()).containsOnly(Standing.UNDECIDED);
        assertThat(Answer.sentence(Runs.ordinary().invalid("a reason").run())).contains("invalid");
    }

    @Test
    void givesFurtherModesBlocksOfTheirOwn() {
        RunRecord run = Runs.ordinary()
                .modes("webhook", "adaptive-polling", "conditional-polling", "hybrid", "long-polling", "polling")
                .run();

        FourClaims table = FourClaims.of(run);

        assertThat(table.columns()).extracting(Outcome::mode).containsExactly("polling", "webhook");
        assertThat(table.blocks())
                .extracting(block -> block.outcome().mode())
                .containsExactly("adaptive-polling", "conditional-polling", "hybrid", "long-polling");
        assertThat(table.blocks()).allSatisfy(block -> {
            assertThat(block.sentence()).isEqualTo(block.outcome().traits().sentence());
            assertThat(block.features())
                    .extracting(FourClaims.Measured::feature)
                    .containsExactly("Effort", "Real-time", "Efficiency", "Infrastructure");
        });
    }

    @Test
    void letsTheFirstModeThatPollsStandForPolling() {
        RunRecord run = Runs.ordinary().modes("webhook", "conditional-polling").run();

        assertThat(FourClaims.of(run).columns())
                .extracting(Outcome::mode)
                .containsExactly("conditional-polling", "webhook");
    }

    @Test
    void whatIsLostIsToldFromWhatIsPending() {
        Outcome.Counts counts = Runs.ordinary()
                .webhooksMissed(5)
                .run()
                .outcome("webhook")
                .orElseThrow()
                .counts();

        assertThat(counts.pending()).isEqualTo(Map.of("retry pending", 5L));
        assertThat(counts.lost()).isEmpty();
        assertThat(lost("retries exhausted")).isEqualTo(1);
        assertThat(lost("dropped by retention")).isEqualTo(1);
        assertThat(lost("retries exhausted, dropped by retention")).isEqualTo(1);
        assertThat(lost("a reason of an older program")).isEqualTo(1);
        assertThat(lost("retries exhausted, not fetched before the end"))
                .as("a poll would have brought it")
                .isZero();
        assertThat(lost("in flight")).isZero();
    }

    private static long lost(String reason) {
        Outcome.Counts counts = new Outcome.Counts(1, 1, 0, Map.of(reason, 1L), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(counts.lostInAll() + counts.pendingInAll()).isEqualTo(1);
        return counts.lostInAll();
    }

    @Test
    void aDistantPathIsNotComparedWithLoopback() {
        Runs runs = Runs.ordinary()
                .but(run -> new RunRecord(
                        run.schemaVersion(),
                        run.runId(),
                        run.command(),
                        run.commandLine(),
                        run.startedAt(),
                        run.measuredNanos(),
                        run.scenario().withWire(new Scenario.Wire(false, 40_000_000, Scenario.Wire.AS_USUAL)),
                        run.outcomes(),
                        run.noise(),
                        run.environment(),
                        run.partial(),
                        run.warnings()));

        assertThat(verdict(runs, REAL_TIME).sentence()).doesNotContain("bare round trip");
        assertThat(NoiseText.lines(runs.run()))
                .extracting(NoiseText.Line::name)
                .contains("bare round trip on loopback")
                .doesNotContain("bare round trip");
    }

    private static FourClaims.Verdict verdict(Runs run, int row) {
        return FourClaims.of(run.run()).rows().get(row).verdict();
    }
}
