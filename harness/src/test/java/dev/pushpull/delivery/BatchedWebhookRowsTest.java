package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.batched.VirtualBatchedWebhooks;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Virtual time against the closed forms of docs/theory.md section 16, with the values of its table. Seeds 1 to 40. No row
 * may be off by more than four standard errors, and all together must be off by as much as chance makes them.
 */
class BatchedWebhookRowsTest {
    private int events = 10_000;

    private final TheoryRows rows = TheoryRows.apart();

    @Tag("study")
    @Test
    void virtualTimeReproducesTheClosedForms() {
        gathered(2, 10, "first-event", 0.33334, 0.666583, longer(0.599914));
        gathered(2, 3, "first-event", 0.406726, 0.417433, longer(0.336967));
        // nearly all are full, so exactly alike that the last one shows, which lacks 4.5 events on average
        gathered(20, 10, "first-event", 0.100032 + 0.45 / events, 0.224936, longer(0.0320173));
        gathered(2, 1_000, "last-dispatch", 0.468311, 0.468311, longer(0.4 * 2 * 0.468311));
        gathered(0.3, 1_000, "last-dispatch", 0.960783, 0.144117, longer(0.4 * 0.3 * 0.960783));
        gathered(2, 1_000, "window", 0.432332, 0.5, longer(0.4));
        gathered(0.3, 1_000, "window", 0.863939, 0.5, longer(0.4));
        for (double rate : new double[] {0.5, 1, 3, 6}) {
            predicted(rate, 2, "first-event", 0);
            predicted(rate, 6, "first-event", 0);
            predicted(rate, 1_000, "first-event", 0);
            predicted(rate, 1_000, "last-dispatch", 0);
            predicted(rate, 1_000, "window", 0);
            predicted(rate, 6, "first-event", 0.03);
        }

        assertThat(rows.all()).as(rows.toString()).hasSizeGreaterThan(70).allMatch(row -> Math.abs(row.z()) <= 4);
        assertThat(rows.rootMeanSquare()).as(rows.toString()).isBetween(0.8, 1.2);
    }

    @Tag("slow")
    @Test
    void virtualTimeReproducesTheClosedFormsInManyRuns() {
        rows.thorough();
        events = 20_000;
        virtualTimeReproducesTheClosedForms();
    }

    /** With what the mode itself predicts; where events are refused, also for batches that are split. */
    private void predicted(double rate, int size, String law, double refused) {
        ScenarioDraft draft = ScenarioDraft.poisson(rate, events / rate)
                .retries(0, 0, 0.25, 0.25)
                .option("--batch-size", Integer.toString(size))
                .option("--batch-law", law);
        String name = "batch %s λ=%s B=%d".formatted(law, rate, size);
        if (refused == 0) {
            predicted(name, draft, Map.of("latency_mean_ms", tally -> 1e3 * TheoryFigure.meanSeconds(tally)));
            return;
        }
        ScenarioDraft refusing = draft.option("--refused-share", Double.toString(refused));
        predicted(name + " π=" + refused, refusing, Map.of("lost_ratio", TheoryFigure::lost));
        predicted(
                name + " π=" + refused + " split",
                refusing.option("--batch-split", "true"),
                Map.of("lost_ratio", TheoryFigure::lost));
    }

    private void predicted(String name, ScenarioDraft draft, Map<String, ToDoubleFunction<VirtualTally>> more) {
        Prediction prediction = DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals("batched-webhook"))
                .findFirst()
                .orElseThrow()
                .theory()
                .predict(draft.scenario())
                .orElseThrow();
        Map<String, ToDoubleFunction<VirtualTally>> figures = new LinkedHashMap<>(more);
        figures.put(
                "requests_per_delivery",
                tally -> TheoryFigure.attemptsPerEvent(tally) / (1 - TheoryFigure.lost(tally)));
        rows.check(
                name,
                VirtualBatchedWebhooks::gathered,
                draft,
                figures.entrySet().stream()
                        .map(figure -> new TheoryFigure(
                                figure.getKey(),
                                prediction.value(figure.getKey()).orElseThrow(),
                                figure.getValue()))
                        .toArray(TheoryFigure[]::new));
    }

    /** Said as a quantile: a share waits for more than 0.6 W. */
    private static TheoryFigure longer(double share) {
        return TheoryFigure.quantile(1 - share, 0.6);
    }

    /** W is a second. */
    private void gathered(
            double rate, int size, String law, double requests, double meanSeconds, TheoryFigure... more) {
        List<TheoryFigure> figures = new ArrayList<>(List.of(more));
        figures.add(new TheoryFigure("requests/event", requests, TheoryFigure::attemptsPerEvent));
        figures.add(new TheoryFigure("mean wait", meanSeconds, TheoryFigure::meanSeconds));
        rows.check(
                "batch %s λ=%s B=%d".formatted(law, rate, size),
                VirtualBatchedWebhooks::gathered,
                ScenarioDraft.poisson(rate, events / rate)
                        .option("--batch-size", Integer.toString(size))
                        .option("--batch-wait", "1s")
                        .option("--batch-law", law),
                figures.toArray(TheoryFigure[]::new));
    }
}
