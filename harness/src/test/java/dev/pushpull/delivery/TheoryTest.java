package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.longpoll.VirtualLongPolling;
import dev.pushpull.delivery.polling.VirtualPolling;
import dev.pushpull.delivery.webhook.VirtualWebhooks;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Virtual time against the closed forms: the rows of theory.md section 12 that a mode of this program concerns, their
 * values computed there. Seeds 1 to 40; none may be off by more than four standard errors, and all together they must
 * be off as much as chance makes them.
 */
class TheoryTest {
    private static final int SEEDS = 40;
    private static final int PERIODS = 4_000;

    /** Latencies to 2^-15: the oracle is to be met by values, not by buckets. */
    private static final int EXACT = 14;

    private interface Mode {
        VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds);
    }

    private record Figure(String name, double expected, ToDoubleFunction<VirtualTally> simulated) {}

    private record Row(String name, double expected, double mean, double standardError) {
        double z() {
            return (mean - expected) / standardError;
        }

        @Override
        public String toString() {
            return "%-70s %12.6g %12.6g %10.2g %+6.2f".formatted(name, expected, mean, standardError, z());
        }
    }

    private final List<Row> rows = new ArrayList<>();

    @Test
    void virtualTimeReproducesTheClosedForms() {
        fixedPolling();
        periodicAndBurstyEvents();
        pagesAndRetention();
        longPolling();
        adaptivePolling();
        webhooks();

        String table = String.join("\n", rows.stream().map(Row::toString).toList());
        assertThat(rows).as(table).hasSizeGreaterThan(60).allMatch(row -> Math.abs(row.z()) <= 4);
        double rms = Math.sqrt(
                rows.stream().mapToDouble(row -> row.z() * row.z()).average().orElseThrow());
        assertThat(rms).as(table).isBetween(0.8, 1.2);
    }

    private void fixedPolling() {
        fixedPolling(0.05, 0.951229);
        fixedPolling(0.5, 0.606531);
        fixedPolling(2, 0.135335);
    }

    private void fixedPolling(double rate, double wasted) {
        check(
                "Poisson λT=" + rate,
                VirtualPolling::fixed,
                ScenarioDraft.poisson(rate, 20_000 / rate).legs(0.03, 0.03),
                new Figure("waste", wasted, TheoryTest::wasted),
                new Figure("mean", 0.53, TheoryTest::meanSeconds),
                quantile(0.5, 0.53),
                quantile(0.9, 0.93),
                quantile(0.99, 1.02));
    }

    private void periodicAndBurstyEvents() {
        for (double period : new double[] {2.6457513110645906, 10 / 3.0, 1, 0.4}) {
            List<Figure> figures = new ArrayList<>(List.of(new Figure("mean", 0.5, TheoryTest::meanSeconds)));
            if (period > 1) {
                // so exact that it shows that the first window is half an interval shorter, on average
                double seen = 1 - 0.5 / (PERIODS * period);
                figures.add(new Figure("waste", 1 - seen / period, TheoryTest::wasted));
            }
            check(
                    "deterministic τ=" + period,
                    VirtualPolling::fixed,
                    ScenarioDraft.of(new PeriodicArrivals(1 / period), 1).duration(PERIODS * period),
                    figures.toArray(Figure[]::new));
        }
        check(
                "IPP(5, 0, 0.5, 0.05)",
                VirtualPolling::fixed,
                ScenarioDraft.of(interruptedPoisson(0.5, 0.05), 1).duration(40_000),
                new Figure("waste", 0.884288, TheoryTest::wasted),
                new Figure("mean", 0.5, TheoryTest::meanSeconds),
                quantile(0.99, 0.99));
        check(
                "IPP(5, 0, 5, 0.5)",
                VirtualPolling::fixed,
                ScenarioDraft.of(interruptedPoisson(5, 0.5), 1).duration(40_000),
                new Figure("waste", 0.767183, TheoryTest::wasted),
                new Figure("mean", 0.5, TheoryTest::meanSeconds),
                quantile(0.99, 0.99));
    }

    private void pagesAndRetention() {
        check(
                "pages of 2 drained, λT=4.5",
                VirtualPolling::fixed,
                ScenarioDraft.poisson(4.5, 10_000).pageLimit(2),
                new Figure(
                        "requests a poll", // sum over n of P(N = n) * max(1, ceil(n / 2)), N Poisson
                        1 + expectedFurtherPages(4.5, 2),
                        tally -> 1 + perPoll(tally, made(tally, Exchanges.PAGE))));
        for (double[] loss : new double[][] {{10, 0.12511}, {8, 0.053233}, {15, 0.342456}}) {
            check(
                    "buffer of 10, λT=" + loss[0],
                    VirtualPolling::fixed,
                    ScenarioDraft.poisson(loss[0], 4_000).retention(10),
                    new Figure("lost", loss[1], TheoryTest::lost));
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
                new Figure("waste", 0.222017, TheoryTest::wasted),
                new Figure("requests/event", 1.28535, TheoryTest::requestsPerEvent),
                new Figure("mean wait", 0.000321339, tally -> meanSeconds(tally) - 0.05));
        longPolling(
                1,
                30,
                0.1,
                new Figure("requests/event", 0.995186, TheoryTest::requestsPerEvent),
                new Figure("mean wait", 0.00497593, tally -> meanSeconds(tally) - 0.05),
                quantile(0.99, 0.05 + 0.0899516));
        longPolling(
                5,
                30,
                0.1,
                new Figure("requests/event", 0.903726, TheoryTest::requestsPerEvent),
                new Figure("mean wait", 0.0225931, tally -> meanSeconds(tally) - 0.05),
                quantile(0.99, 0.05 + 0.0977869));
        longPolling(
                0.2,
                2,
                0.5,
                new Figure("waste", 0.606531, TheoryTest::wasted),
                new Figure("requests/event", 2.51063, TheoryTest::requestsPerEvent),
                new Figure("mean wait", 0.0627657, tally -> meanSeconds(tally) - 0.25),
                quantile(0.99, 0.25 + 0.480085));
    }

    private void longPolling(double rate, int waitSeconds, double gapSeconds, Figure... figures) {
        check(
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
        check(
                "adaptive 1..32 " + name,
                VirtualPolling::adaptive,
                scenario.option("--min-interval", "1s").option("--max-interval", "32s"),
                new Figure("waste", wasted, TheoryTest::wasted),
                new Figure("requests/event", requests, TheoryTest::requestsPerEvent),
                new Figure("mean", meanSeconds, TheoryTest::meanSeconds));
    }

    private void webhooks() {
        outage(10, 8, 3.9, 0, 1, 2, 4, 8);
        outage(31, 21, 5.16129, 0, 1, 2, 4, 8, 16);
        check(
                "outage of 50 s, retries up to 31 s",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(20, 50)
                        .outage(0, 50)
                        .retries(0, 0, 1, 2, 4, 8, 16)
                        .drain(100),
                new Figure("lost", 0.38, TheoryTest::lost),
                new Figure("delay when delivered", 21, TheoryTest::meanSeconds),
                new Figure("attempts", 5.48, TheoryTest::attemptsPerEvent));
        check(
                "outages up 50 s, down 5 s",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(1, 50_000)
                        .randomOutages(50, 5)
                        .retries(0, 0, 1, 2, 4)
                        .drain(100),
                new Figure("lost", 0.0236104, TheoryTest::lost));
        check(
                "a tenth of the attempts fails, at most 5",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(1, 20_000)
                        .failureRate(0.1)
                        .retries(0, 0, 1, 1, 1, 1)
                        .drain(100),
                new Figure("attempts", 1.1111, TheoryTest::attemptsPerEvent));
    }

    private void outage(double seconds, double meanSeconds, double attempts, double... retries) {
        check(
                "outage of " + seconds + " s",
                VirtualWebhooks::pushed,
                ScenarioDraft.poisson(20, seconds)
                        .outage(0, seconds)
                        .retries(0, retries)
                        .drain(100),
                new Figure("delay", meanSeconds, TheoryTest::meanSeconds),
                new Figure("attempts", attempts, TheoryTest::attemptsPerEvent));
    }

    /** IPP(5, 0, α, β): bursts at 5 events a second, of mean length 1/α, silences of mean length 1/β. */
    private static BurstyArrivals interruptedPoisson(double alpha, double beta) {
        return new BurstyArrivals(5, 1e9 / alpha, 1e9 / beta);
    }

    private void check(String name, Mode mode, ScenarioDraft asked, Figure... figures) {
        Scenario scenario = asked.consumers(2).scenario();
        List<VirtualTally> tallies = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> simulated(mode, scenario, new Seeds(seed)))
                .toList();
        for (Figure figure : figures) {
            double[] values = tallies.stream().mapToDouble(figure.simulated()).toArray();
            double mean = LongStream.range(0, SEEDS)
                    .mapToDouble(i -> values[(int) i])
                    .average()
                    .orElseThrow();
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            double error = Math.sqrt(squares / (SEEDS - 1) / SEEDS);
            rows.add(new Row(name + ": " + figure.name(), figure.expected(), mean, error));
        }
    }

    private static VirtualTally simulated(Mode mode, Scenario scenario, Seeds seeds) {
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        return VirtualTime.tally(
                scenario,
                events,
                List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)),
                mode.consumers(scenario, seeds),
                EXACT);
    }

    private static Figure quantile(double p, double seconds) {
        return new Figure("p" + 100 * p, seconds, tally -> tally.latencies().quantileNanos(p) / 1e9);
    }

    private static double meanSeconds(VirtualTally tally) {
        return tally.latencySumNanos() / tally.total(Count.DELIVERED) / 1e9;
    }

    private static double wasted(VirtualTally tally) {
        return 1 - perPoll(tally, tally.wire().of(Exchanges.POLL).filled());
    }

    private static double perPoll(VirtualTally tally, long count) {
        return (double) count / made(tally, Exchanges.POLL);
    }

    private static long made(VirtualTally tally, Kind kind) {
        return tally.wire().of(kind).made();
    }

    private static double requestsPerEvent(VirtualTally tally) {
        return (double) made(tally, Exchanges.POLL) / tally.total(Count.EXPECTED);
    }

    private static double attemptsPerEvent(VirtualTally tally) {
        return (double) made(tally, Exchanges.ATTEMPT) / tally.total(Count.EXPECTED);
    }

    private static double lost(VirtualTally tally) {
        return 1 - (double) tally.total(Count.DELIVERED) / tally.total(Count.EXPECTED);
    }
}
