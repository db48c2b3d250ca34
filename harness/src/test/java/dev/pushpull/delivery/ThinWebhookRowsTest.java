package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.thin.VirtualThinWebhooks;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.theory.NotifiedReads;
import dev.pushpull.theory.NotifiedReads.Course;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Virtual time against the closed forms of docs/theory.md section 15: the rows of its table, and others. Seeds 1 to 40.
 * No row may be off by more than four standard errors, and all together must be off by as much as chance makes them.
 */
class ThinWebhookRowsTest {
    private static final int EVENTS = 20_000;

    private final TheoryRows rows = TheoryRows.apart();

    @Tag("study")
    @Test
    void virtualTimeReproducesTheClosedForms() {
        notified(2, 0.3, 0.625, 0.29375);
        notified(0.2, 0.3, 0.943396, 0.341509);
        notified(
                10,
                0.5,
                0.166667,
                0.341667,
                TheoryFigure.quantile(0.5, 0.05 + 0.5 * 6 / 10),
                TheoryFigure.quantile(0.75, 0.05 + 0.75 * 6 / 10));
        lagging("again", 0, 0.8, 0.6);
        lagging("again", 0.4, 0.6, 0.5);
        lagging("again", 0.4, 0.9, 0.7);
        lagging("again", 0.2, 0.2, 0.5);
        lagging("next-ping", 0, 0.8, 0.6);
        lagging("skip", 0.4, 0.6, 0.5);
        lagging("skip", 0.4, 0.2, 0.5);

        assertThat(rows.all()).as(rows.toString()).hasSizeGreaterThan(20).allMatch(row -> Math.abs(row.z()) <= 4);
        assertThat(rows.rootMeanSquare()).as(rows.toString()).isBetween(0.8, 1.2);
    }

    /** @param delay K, in seconds, of which the webhook takes 150 ms and the request 50; the way back takes 50 more */
    private void notified(double rate, double delay, double reads, double mean, TheoryFigure... more) {
        List<TheoryFigure> figures = new ArrayList<>(List.of(more));
        figures.add(new TheoryFigure("reads/event", reads, TheoryFigure::requestsPerEvent));
        figures.add(new TheoryFigure("mean", mean, TheoryFigure::meanSeconds));
        rows.check(
                "thin λ=" + rate + " K=" + delay,
                VirtualThinWebhooks::notified,
                ScenarioDraft.poisson(rate, EVENTS / rate).legs(0.05, 0.15).option("--debounce", millis(delay - 0.2)),
                figures.toArray(TheoryFigure[]::new));
    }

    /** λ = 2 and a leg of 300 ms; the rest in seconds. */
    private void lagging(String otherwise, double debounce, double lag, double again) {
        NotifiedReads form = new NotifiedReads(2, 0.3, debounce, lag);
        Course course = switch (otherwise) {
            case "again" -> form.again(again);
            case "skip" -> form.skipped();
            default -> form.nextNotice();
        };
        List<TheoryFigure> figures = new ArrayList<>();
        figures.add(new TheoryFigure("mean", course.meanDelay(), TheoryFigure::meanSeconds));
        if (course.readsPerEvent() != 1) { // what is exactly one has no error that it could be compared with
            figures.add(new TheoryFigure("reads/event", course.readsPerEvent(), TheoryFigure::requestsPerEvent));
        }
        if (course.emptyShare() > 0) {
            figures.add(new TheoryFigure("waste", course.emptyShare(), TheoryFigure::wasted));
        }
        if (course.lost() > 0) {
            figures.add(new TheoryFigure("lost", course.lost(), TheoryFigure::lost));
        }
        rows.check(
                "%s, b=%s ℓ=%s β=%s".formatted(otherwise, debounce, lag, again),
                VirtualThinWebhooks::notified,
                ScenarioDraft.poisson(2, EVENTS / 2.0)
                        .legs(0, 0.3)
                        .option("--when-not-visible", otherwise)
                        .option("--debounce", millis(debounce))
                        .option("--visibility-lag", millis(lag))
                        .option("--again-after", millis(again)),
                figures.toArray(TheoryFigure[]::new));
    }

    private static String millis(double seconds) {
        return Math.round(1e3 * seconds) + "ms";
    }
}
