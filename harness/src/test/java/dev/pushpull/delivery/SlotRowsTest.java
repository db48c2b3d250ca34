package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.webhook.VirtualWebhooks;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.theory.Queues;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The sender's slots in virtual time against the closed forms of docs/theory.md section 9, where one slot is the single
 * server. Seeds 1 to 40. No row may be off by more than four standard errors, and all together must be off by as much as
 * chance makes them.
 */
class SlotRowsTest {
    private int events = 10_000;
    private static final double LOAD = 0.7;

    private final TheoryRows rows = TheoryRows.apart();

    private ScenarioDraft draft(double rateOfAll) {
        return ScenarioDraft.poisson(rateOfAll / 2, events / rateOfAll);
    }

    private static Scenario.Network exponential() {
        Histogram histogram = new Histogram(4);
        int count = 200_000;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double nanos = -1e9 * Math.log1p(-(i + 0.5) / count);
            histogram.recordValue(Math.round(nanos));
            sum += nanos;
        }
        return new Scenario.Network(0, 1_000_000_000L, Map.of(Leg.WEBHOOK, new Distribution(histogram, sum)));
    }

    private void check(String name, ScenarioDraft draft, TheoryFigure... figures) {
        rows.check(name, VirtualWebhooks::pushedThroughSlots, draft, figures);
    }

    private static TheoryFigure mean(double seconds) {
        return new TheoryFigure("mean", seconds, TheoryFigure::meanSeconds);
    }

    @Tag("study")
    @Test
    void virtualTimeReproducesTheClosedForms() {
        check("one slot, every answer after 1 s (M/D/1)", draft(LOAD).slow(1, 1).inFlight(1, 1), mean(1.16667));
        check("one slot an endpoint (M/D/1 each)", draft(2 * LOAD).slow(1, 1).inFlight(64, 1), mean(1.16667));
        check(
                "one slot, half of the answers after 2 s (M/G/1)",
                draft(LOAD).slow(0.5, 2).inFlight(1, 1),
                mean(Queues.meanWait(LOAD, 1, 2)));
        check(
                "one slot, exponential (M/M/1)",
                draft(LOAD).network(exponential()).inFlight(1, 1),
                mean(1 / (1 - LOAD)),
                TheoryFigure.quantile(0.99, 15.3506));
        check(
                "two slots, exponential (M/M/2)",
                draft(2 * LOAD).network(exponential()).inFlight(2, 2),
                mean(1 + Queues.meanWaitForOneOf(2, 2 * LOAD, 1)));
        check(
                "five slots, exponential (M/M/5)",
                draft(5 * LOAD).network(exponential()).inFlight(5, 5),
                mean(1 + Queues.meanWaitForOneOf(5, 5 * LOAD, 1)));
        rows.checkAsItIs(
                "one slot, each event to 20 (serial fan-out)",
                VirtualWebhooks::pushedThroughSlots,
                ScenarioDraft.poisson(1, 5_000)
                        .consumers(20)
                        .shared()
                        .legs(0, 0.03)
                        .inFlight(1, 1),
                mean(0.765));

        assertThat(rows.all()).as(rows.toString()).hasSize(8).allMatch(row -> Math.abs(row.z()) <= 4);
        assertThat(rows.rootMeanSquare()).as(rows.toString()).isBetween(0.5, 1.5); // eight rows
    }

    @Tag("slow")
    @Test
    void virtualTimeReproducesTheClosedFormsInManyRuns() {
        rows.thorough();
        events = 20_000;
        virtualTimeReproducesTheClosedForms();
    }
}
