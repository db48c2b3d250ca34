package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.longpoll.VirtualLongPolling;
import dev.pushpull.delivery.polling.VirtualPolling;
import dev.pushpull.delivery.webhook.VirtualWebhooks;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Virtual time against the closed forms: the rows of theory.md section 12 that apply to a mode of this program, with
 * the values computed there. Seeds 1 to 40. No row may be off by more than four standard errors, and all together must
 * be off by as much as chance makes them.
 */
class TheoryTest {
    private static final int PERIODS = 4_000;

    private final TheoryRows rows = new TheoryRows();

    @Tag("study")
    @Test
    void virtualTimeReproducesTheClosedForms() {
        fixedPolling();
        periodicAndBurstyEvents();
        pagesAndRetention();
        longPolling();
        adaptivePolling();
        webhooks();

        assertThat(rows.all()).as(rows.toString()).hasSizeGreaterThan(60).allMatch(row -> Math.abs(row.z()) <= 4);
        assertThat(rows.rootMeanSquare()).as(rows.toString()).isBetween(0.8, 1.2);
    }

    @Tag("slow")
    @Test
    void virtualTimeReproducesTheClosedFormsInManyRuns() {
        rows.thorough();
        virtualTimeReproducesTheClosedForms();
    }

    private void fixedPolling() {
        fixedPolling(0.05, 0.951229);
        fixedPolling(0.5, 0.606531);
        fixedPolling(2, 0.135335);
    }

    private void fixedPolling(double rate, double wasted) {
        rows.check(
                "Poisson λT=" + rate,
                VirtualPolling::fixed,
                ScenarioDraft.poisson(rate, 20_000 / rate).legs(0.03, 0.03),
                new TheoryFigure("waste", wasted, TheoryFigure::wasted),
                new TheoryFigure("mean", 0.53, TheoryFigure::meanSeconds),
                TheoryFigure.quantile(0.5, 0.53),
                TheoryFigure.quantile(0.9, 0.93),
                TheoryFigure.quantile(0.99, 1.02));
    }

    private void periodicAndBurstyEvents() {
        for (double period : new double[] {2.6457513110645906, 10 / 3.0, 1, 0.4}) {
            List<TheoryFigure> figures =
                    new ArrayList<>(List.of(new TheoryFigure("mean", 0.5, TheoryFigure::meanSeconds)));
            if (period > 1) {
                // exact enough to show that the first window is half an interval shorter, on average
                double seen = 1 - 0.5 / (PERIODS * period);
                figures.add(new TheoryFigure("waste", 1 - seen / period, TheoryFigure::wasted));
            }
            rows.check(
                    "deterministic τ=" + period,
                    VirtualPolling::fixed,
                    ScenarioDraft.of(new PeriodicArrivals(1 / period), 1).duration(PERIODS * period),
                    figures.toArray(TheoryFigure[]::new));
        }
        rows.check(
                "IPP(5, 0, 0.5, 0.05)",
                VirtualPolling::fixed,
                ScenarioDraft.of(interruptedPoisson(0.5, 0.05), 1).duration(40_000),
                new TheoryFigure("waste", 0.884288, TheoryFigure::wasted),
                new TheoryFigure("mean", 0.5, TheoryFigure::meanSeconds),
                TheoryFigure.quantile(0.99, 0.99));
        rows.check(
                "IPP(5, 0, 5, 0.5)",
                VirtualPolling::fixed,
                ScenarioDraft.of(interruptedPoisson(5, 0.5), 1).duration(40_000),
                new TheoryFigure("waste", 0.767183, TheoryFigure::wasted),
                new TheoryFigure("mean", 0.5, TheoryFigure::meanSeconds),
                TheoryFigure.quantile(0.99, 0.99));
    }

    private void pagesAndRetention() {
        rows.check(
                "pages of 2 drained, λT=4.5",
                VirtualPolling::fixed,
                ScenarioDraft.poisson(4.5, 10_000).pageLimit(2),
                new TheoryFigure(
                        "requests a poll", // sum over n of P(N = n) * max(1, ceil(n / 2)), N Poisson
                        1 + expectedFurtherPages(4.5, 2),
                        tally -> 1 + TheoryFigure.perPoll(tally, TheoryFigure.made(tally, Exchanges.PAGE))));
        for (double[] loss : new double[][] {{10, 0.12511}, {8, 0.053233}, {15, 0.342456}}) {
            rows.check(
                    "buffer of 10, λT=" + loss[0],
                    VirtualPolling::fixed,
                    ScenarioDraft.poisson(loss[0], 4_000).retention(10),
                    new TheoryFigure("lost", loss[1], TheoryFigure::lost));
        }
    }

    private static double expectedFurtherPages(double mean, int limit) {
        double probability = Math.exp(-mean);
        double pages = 0;
        for (int n = 1; n < 100; n++) {
            probability *= mean / n;
            pages += probability * ((n + limit - 1) / limit - 1);
        }
        return pages;
    }

    private void longPolling() {
        longPolling(
                0.05,
                30,
                0.1,
                new TheoryFigure("waste", 0.222017, TheoryFigure::wasted),
                new TheoryFigure("requests/event", 1.28535, TheoryFigure::requestsPerEvent),
                new TheoryFigure("mean wait", 0.000321339, tally -> TheoryFigure.meanSeconds(tally) - 0.05));
        longPolling(
                1,
                30,
                0.1,
                new TheoryFigure("requests/event", 0.995186, TheoryFigure::requestsPerEvent),
                new TheoryFigure("mean wait", 0.00497593, tally -> TheoryFigure.meanSeconds(tally) - 0.05),
                TheoryFigure.quantile(0.99, 0.05 + 0.0899516));
        longPolling(
                5,
                30,
                0.1,
                new TheoryFigure("requests/event", 0.903726, TheoryFigure::requestsPerEvent),
                new TheoryFigure("mean wait", 0.0225931, tally -> TheoryFigure.meanSeconds(tally) - 0.05),
                TheoryFigure.quantile(0.99, 0.05 + 0.0977869));
        longPolling(
                0.2,
                2,
                0.5,
                new TheoryFigure("waste", 0.606531, TheoryFigure::wasted),
                new TheoryFigure("requests/event", 2.51063, TheoryFigure::requestsPerEvent),
                new TheoryFigure("mean wait", 0.0627657, tally -> TheoryFigure.meanSeconds(tally) - 0.25),
                TheoryFigure.quantile(0.99, 0.25 + 0.480085));
    }

    private void longPolling(double rate, int waitSeconds, double gapSeconds, TheoryFigure... figures) {
        rows.check(
                "long poll λ=" + rate + " H=" + waitSeconds + " g=" + gapSeconds,
                VirtualLongPolling::held,
                ScenarioDraft.poisson(rate, 20_000 / rate)
                        .legs(gapSeconds / 2, gapSeconds / 2)
                        .option("--wait", waitSeconds + "s"),
                figures);
    }

    private void adaptivePolling() {
        adaptive("λ=0.02", ScenarioDraft.poisson(0.02, 500_000), 0.823638, 4.57627, 11.5461);
        adaptive("λ=0.2", ScenarioDraft.poisson(0.2, 50_000), 0.6249, 1.73856, 2.84756);
        adaptive("λ=2", ScenarioDraft.poisson(2, 5_000), 0.121122, 0.444253, 0.617314);
        adaptive(
                "IPP(5, 0, 0.5, 0.005)",
                ScenarioDraft.of(interruptedPoisson(0.5, 0.005), 1).duration(400_000),
                0.894853,
                0.988856,
                13.0544);
        adaptive(
                "IPP(5, 0, 0.05, 0.0005)",
                ScenarioDraft.of(interruptedPoisson(0.05, 0.0005), 1).duration(4_000_000),
                0.85727,
                0.768227,
                6.26474);
    }

    private void adaptive(String name, ScenarioDraft scenario, double wasted, double requests, double meanSeconds) {
        rows.check(
                "adaptive 1..32 " + name,
                VirtualPolling::adaptive,
                scenario.option("--min-interval", "1s").option("--max-interval", "32s"),
                new TheoryFigure("waste", wasted, TheoryFigure::wasted),
                new TheoryFigure("requests/event", requests, TheoryFigure::requestsPerEvent),
                new TheoryFigure("mean", meanSeconds, TheoryFigure::meanSeconds));
    }

    private void webhooks() {
        outage(10, 8, 3.9, 0, 1, 2, 4, 8);
        outage(31, 21, 5.16129, 0, 1, 2, 4, 8, 16);
        rows.check(
                "outage of 50 s, retries up to 31 s",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(20, 50)
                        .outage(0, 50)
                        .retries(0, 0, 1, 2, 4, 8, 16)
                        .drain(100),
                new TheoryFigure("lost", 0.38, TheoryFigure::lost),
                new TheoryFigure("delay when delivered", 21, TheoryFigure::meanSeconds),
                new TheoryFigure("attempts", 5.48, TheoryFigure::attemptsPerEvent));
        rows.check(
                "outages up 50 s, down 5 s",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(1, 50_000)
                        .randomOutages(50, 5)
                        .retries(0, 0, 1, 2, 4)
                        .drain(100),
                new TheoryFigure("lost", 0.0236104, TheoryFigure::lost));
        rows.check(
                "a tenth of the attempts fails, at most 5",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(1, 20_000)
                        .failureRate(0.1)
                        .retries(0, 0, 1, 1, 1, 1)
                        .drain(100),
                new TheoryFigure("attempts", 1.1111, TheoryFigure::attemptsPerEvent));
    }

    private void outage(double seconds, double meanSeconds, double attempts, double... retries) {
        rows.check(
                "outage of " + seconds + " s",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(20, seconds)
                        .outage(0, seconds)
                        .retries(0, retries)
                        .drain(100),
                new TheoryFigure("delay", meanSeconds, TheoryFigure::meanSeconds),
                new TheoryFigure("attempts", attempts, TheoryFigure::attemptsPerEvent));
    }

    /** IPP(5, 0, α, β): bursts at 5 events a second, of mean length 1/α, silences of mean length 1/β. */
    private static BurstyArrivals interruptedPoisson(double alpha, double beta) {
        return new BurstyArrivals(5, 1e9 / alpha, 1e9 / beta);
    }
}
