package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.DocumentTable.Row;
import dev.pushpull.report.DocumentTable.Standing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.schedule.BurstyArrivals;
import org.junit.jupiter.api.Test;

class DocumentTableTest {
    private static final int EFFORT = 0;
    private static final int REAL_TIME = 1;
    private static final int EFFICIENCY = 2;
    private static final int INFRASTRUCTURE = 3;

    @Test
    void hasTheDocumentsRowsAndItsWords() {
        DocumentTable table = DocumentTable.of(Runs.ordinary().run());

        assertThat(table.columns()).containsExactly("polling", "webhook");
        assertThat(table.rows())
                .extracting(Row::feature)
                .containsExactly("Effort", "Real-time", "Efficiency", "Infrastructure");
        assertThat(table.rows().get(EFFICIENCY).cells())
                .extracting(DocumentTable.Cell::statement)
                .containsExactly("Inefficient (many empty requests).", "Highly efficient (only sent on events).");
    }

    @Test
    void carriesMeasuredFiguresWithIntervalAndExpectation() {
        Figure mean = DocumentTable.of(Runs.ordinary().run())
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
        DocumentTable.Verdict verdict = verdict(Runs.ordinary(), EFFORT);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.sentence())
                .contains("2.00 times as many requests", "make as many at λT = 1 (here 0.5)", "a rate of 2/s a stream");
    }

    @Test
    void effortFailsAboveOneEventAnInterval() {
        DocumentTable.Verdict verdict = verdict(Runs.ordinary().rate(6), EFFORT);

        assertThat(verdict.standing()).isEqualTo(Standing.FAILS);
        assertThat(verdict.sentence()).contains("3.00 times fewer requests", "(here 3)");
    }

    @Test
    void effortIsUndecidedWhereTheIntervalsMeet() {
        assertThat(verdict(Runs.ordinary().rate(2), EFFORT).standing()).isEqualTo(Standing.UNDECIDED);
    }

    @Test
    void retriesMoveThePointWhereBothAreEqual() {
        DocumentTable.Verdict verdict =
                verdict(Runs.ordinary().attemptsPerDelivery(2).rate(0.4), EFFORT);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS_IN_PART);
        assertThat(verdict.sentence()).contains("retried", "make as many at λT = 0.5 (here 0.2)");
    }

    @Test
    void realTimeComparesWithHalfAnIntervalAndTheBareRoundTrip() {
        DocumentTable.Verdict verdict = verdict(Runs.ordinary(), REAL_TIME);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.sentence())
                .contains("T/2 is 250 ms", "times sooner", "times a bare round trip")
                .contains("no interval would make polling as early");
    }

    @Test
    void realTimeHoldsInPartWhenWebhooksAreMissed() {
        DocumentTable.Verdict verdict = verdict(Runs.ordinary().webhooksMissed(12), REAL_TIME);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS_IN_PART);
        assertThat(verdict.sentence())
                .endsWith("but of 600 deliveries 12 were pending when the time was over (retry pending 12).");
    }

    @Test
    void efficiencyTellsRequestsFromBytes() {
        DocumentTable.Verdict cheaper = verdict(Runs.ordinary(), EFFICIENCY);
        DocumentTable.Verdict dearer = verdict(Runs.ordinary().webhookBytes(5_000), EFFICIENCY);
        DocumentTable.Verdict neither = verdict(Runs.ordinary().rate(6), EFFICIENCY);

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
        DocumentTable.Verdict verdict = verdict(Runs.ordinary(), INFRASTRUCTURE);

        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.sentence())
                .contains("Webhooks needed 1 listening socket at the consumer,", "20 secrets and 20 set-up requests")
                .contains("Polling needed no listening sockets at the consumer");
    }

    @Test
    void saysWhatWasNotRun() {
        DocumentTable pollingOnly =
                DocumentTable.of(Runs.ordinary().modes("polling").run());
        DocumentTable webhookOnly =
                DocumentTable.of(Runs.ordinary().modes("webhook").run());

        assertThat(pollingOnly.rows())
                .allSatisfy(row -> assertThat(row.cells().get(1).figures()).isEmpty());
        assertThat(pollingOnly.rows().get(EFFORT).verdict().sentence()).endsWith("webhooks were not run.");
        assertThat(webhookOnly.rows().get(EFFORT).verdict().sentence()).endsWith("polling was not run.");
        assertThat(webhookOnly.rows().get(EFFICIENCY).verdict().sentence()).endsWith("polling was not run.");
    }

    @Test
    void saysTooFewWhenNothingArrived() {
        DocumentTable table = DocumentTable.of(
                Runs.ordinary().consumers(1).seconds(1).rate(0.01).run());

        assertThat(table.rows().get(EFFORT).verdict().standing()).isEqualTo(Standing.UNDECIDED);
        assertThat(table.rows().get(REAL_TIME).verdict().sentence()).startsWith("Too few deliveries");
    }

    @Test
    void saysTooFewInsteadOfAQuantileOfAHundredSamples() {
        Figure p99 = DocumentTable.of(Runs.ordinary().consumers(5).seconds(20).run())
                .rows()
                .get(REAL_TIME)
                .cells()
                .get(0)
                .figures()
                .get(2);

        assertThat(FigureText.withInterval(p99)).isEqualTo("too few");
    }

    @Test
    void decidesNothingOnAnInvalidRun() {
        DocumentTable table =
                DocumentTable.of(Runs.ordinary().invalid("a reason").run());

        assertThat(table.rows()).extracting(row -> row.verdict().standing()).containsOnly(Standing.UNDECIDED);
        assertThat(Answer.sentence(Runs.ordinary().invalid("a reason").run())).contains("invalid");
    }

    @Test
    void givesFurtherModesColumnsOfTheirOwn() {
        RunRecord run = Runs.ordinary()
                .modes("webhook", "adaptive-polling", "conditional-polling", "hybrid", "long-polling", "polling")
                .run();

        DocumentTable table = DocumentTable.of(run);

        assertThat(table.columns())
                .containsExactly(
                        "polling", "webhook", "adaptive-polling", "conditional-polling", "hybrid", "long-polling");
        assertThat(table.rows()).allSatisfy(row -> assertThat(row.cells()).hasSize(6));
    }

    @Test
    void letsTheFirstModeThatPollsStandForPolling() {
        RunRecord run = Runs.ordinary().modes("webhook", "conditional-polling").run();

        assertThat(DocumentTable.of(run).columns()).containsExactly("conditional-polling", "webhook");
    }

    @Test
    void answersForBothSidesWhenTheyDisagree() {
        assertThat(Answer.sentence(Runs.ordinary().run())).startsWith("Take webhooks: ");
        assertThat(Answer.sentence(Runs.ordinary().rate(6).run()))
                .startsWith("It depends. For webhooks: ")
                .contains("For polling: 0.333 requests a delivery instead of 1.00");
        assertThat(Answer.sentence(Runs.ordinary().webhooksMissed(5).run()))
                .contains("0 pending at the end instead of 5");
    }

    private static DocumentTable.Verdict verdict(Runs run, int row) {
        return DocumentTable.of(run.run()).rows().get(row).verdict();
    }
}
