package dev.pushpull.delivery.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;

class FixedPollingTheoryTest {
    private static final double SIX_DIGITS = 5e-5; // per cent

    @Test
    void poissonArrivalsGiveTheCheckedFigures() {
        Prediction half = predict(ScenarioDraft.of(new PoissonArrivals(0.5), 1).legs(0.03, 0.3));
        assertFigure(half, "latency_mean_ms", 530);
        assertFigure(half, "latency_p50_ms", 530);
        assertFigure(half, "latency_p90_ms", 930);
        assertFigure(half, "latency_p99_ms", 1020);
        assertFigure(half, "wasted_ratio", 0.60653066);
        assertFigure(half, "requests_per_delivery", 2);
        assertFigure(half, "requests_per_day", 86_400);
        assertFigure(half, "requests_per_month", 2_592_000);
        assertThat(half.figures().get("latency_p99_ms").formula()).isEqualTo("0.99 T + v");
        Prediction ages = predict(ScenarioDraft.of(new PoissonArrivals(0.5), 2).legs(0.3, 0.3));
        assertFigure(ages, "age_of_information_ms", 3300);
        assertThat(value(ages, "fresh_ratio")).isCloseTo(0.544071, within(5e-7));
        assertThat(value(ages, "copy_age_ms")).isCloseTo(388.142, within(5e-4));
    }

    @Test
    void burstyArrivalsWasteMoreAtTheSameLatency() {
        Prediction bursty = predict(ScenarioDraft.of(new BurstyArrivals(5, 2e9, 20e9), 1));
        assertThat(value(bursty, "wasted_ratio")).isCloseTo(0.884288, within(5e-7));
        assertFigure(bursty, "latency_mean_ms", 500);
        assertFigure(bursty, "latency_p99_ms", 990);
        assertThat(bursty.figures()).doesNotContainKeys("fresh_ratio", "crossover_bytes_load_factor");
        assertThat(value(bursty, "age_of_information_ms")).isGreaterThan(500 + 1e3 / 0.4545);
    }

    @Test
    void periodicArrivalsSayWhenASingleRunDoesNotConverge() {
        Prediction commensurate = predict(ScenarioDraft.of(new PeriodicArrivals(0.3), 1));
        assertFigure(commensurate, "wasted_ratio", 0.7);
        assertThat(commensurate.figures().get("latency_mean_ms").assumption())
                .contains("3 waits T/3 apart", "does not converge", "96.2 ms");
        Prediction other = predict(ScenarioDraft.of(new PeriodicArrivals(1 / Math.sqrt(7)), 1));
        assertThat(value(other, "wasted_ratio")).isCloseTo(0.622036, within(5e-7));
        assertThat(other.figures().get("latency_mean_ms").assumption()).doesNotContain("converge");
    }

    @Test
    void alignedPhasesChangeTheSourcesPeakAndNoLatency() {
        ScenarioDraft random = ScenarioDraft.of(new PoissonArrivals(0.01), 60).consumers(1000);
        Prediction aligned = predict(random.aligned());
        assertThat(value(aligned, "latency_p90_ms")).isEqualTo(value(predict(random), "latency_p90_ms"));
        assertFigure(aligned, "source_requests_per_s", 1000 / 60.0);
        assertFigure(aligned, "source_peak_per_s", 1000);
        assertThat(value(predict(random), "source_peak_per_s")).isCloseTo(26.7, within(0.15));
    }

    @Test
    void tenThousandResourcesPolledEveryMinute() {
        Prediction polled =
                predict(ScenarioDraft.of(new PoissonArrivals(0.01 / 3600), 60).consumers(10_000));
        assertFigure(polled, "requests_per_day", 14.4e6);
        assertThat(value(polled, "wasted_ratio")).isCloseTo(0.9998, within(5e-5));
    }

    @Test
    void zapiersLoadFactorWastesWhatZapierCounted() {
        Prediction zapier = predict(ScenarioDraft.of(new PoissonArrivals(0.01545), 1));
        assertThat(value(zapier, "wasted_ratio")).isCloseTo(0.98467, within(1e-5));
        assertThat(1 / (1 - value(zapier, "wasted_ratio"))).isCloseTo(65.2, within(0.05));
    }

    @Test
    void aSmallMemoryLosesAndItsLatencyIsNotGuessed() {
        Prediction kept = predict(ScenarioDraft.of(new PoissonArrivals(10), 1).retention(10));
        assertThat(value(kept, "lost_ratio")).isCloseTo(0.12511, within(5e-6));
        assertThat(kept.figures()).doesNotContainKeys("latency_mean_ms", "latency_p99_ms", "fresh_ratio");
        assertThat(value(kept, "requests_per_delivery")).isCloseTo(1 / (10 * (1 - 0.12511)), within(1e-6));
    }

    @Test
    void furtherPagesAreRequests() {
        Prediction paged = predict(ScenarioDraft.of(new PoissonArrivals(3), 1).pageLimit(1));
        assertFigure(paged, "requests_per_delivery", (3 + Math.exp(-3)) / 3);
        assertFigure(paged, "wasted_ratio", Math.exp(-3));
        assertThat(paged.figures().get("requests_per_delivery").formula()).startsWith("R / ");
        Prediction periodic =
                predict(ScenarioDraft.of(new PeriodicArrivals(2.5), 1).pageLimit(2));
        assertFigure(periodic, "requests_per_delivery", (0.5 * 1 + 0.5 * 2) / 2.5);
        Prediction bursty = predict(ScenarioDraft.of(new BurstyArrivals(500, 2e9, 20e9), 1));
        assertThat(bursty.figures()).as("pages of a burst have no form here").doesNotContainKey("bytes_per_delivery");
    }

    @Test
    void pollingPaysFromOneEventAnAttemptOn() {
        ScenarioDraft sure = ScenarioDraft.of(new PoissonArrivals(1), 0.5);
        assertFigure(predict(sure), "crossover_requests_load_factor", 1);
        assertFigure(predict(sure.failureRate(0.2).retries(0, 0, 1, 1)), "crossover_requests_load_factor", 1 / 1.24);
        double bytes = value(predict(sure), "crossover_bytes_load_factor");
        Prediction there = predict(ScenarioDraft.of(new PoissonArrivals(1), bytes));
        double webhook = dev.pushpull.surface.SurfaceBytes.webhook(sure.scenario());
        assertThat(value(there, "bytes_per_delivery")).isCloseTo(webhook, withinPercentage(1e-4));
        assertThat(predict(sure.pageLimit(1)).figures()).doesNotContainKey("crossover_bytes_load_factor");
    }

    @Test
    void conditionalPollsDifferInBytesAlone() {
        ScenarioDraft scenario = ScenarioDraft.of(new PoissonArrivals(0.01), 1);
        Prediction plain = predict(scenario);
        Prediction conditional = FixedPollingTheory.predictConditional(scenario.scenario());
        assertThat(value(conditional, "bytes_per_delivery")).isLessThan(value(plain, "bytes_per_delivery"));
        assertThat(value(conditional, "wasted_ratio")).isEqualTo(value(plain, "wasted_ratio"));
        assertFigure(conditional, "rate_limited_requests_per_s", 1 - Math.exp(-0.01));
    }

    @Test
    void outagesLeaveGapsAndAreCounted() {
        ScenarioDraft scenario = ScenarioDraft.of(new PoissonArrivals(0.02), 10).duration(1000);
        Prediction out = predict(scenario.outage(300, 25));
        assertFigure(out, "requests_per_delivery", 97.5 / 20);
        assertThat(value(out, "latency_mean_ms")).isGreaterThan(5000);
        assertThat(predict(scenario.outage(990, 25)).figures()).doesNotContainKey("latency_mean_ms");
        Prediction random = predict(scenario.randomOutages(500, 50));
        assertFigure(random, "requests_per_delivery", 5 * 500 / 550.0);
    }

    @Test
    void aTraceNeedsNoAssumptionButItsPhase() {
        long[] times = {0, 1_000_000_000L, 1_500_000_000L, 10_000_000_000L};
        TraceArrivals trace = TraceArrivals.of("test", 0, times, 1, 0);
        ScenarioDraft scenario = ScenarioDraft.of(trace, 2).shared().duration(10);
        Prediction prediction = predict(scenario);
        assertFigure(prediction, "wasted_ratio", 1 - (1 + 0.5 + 2) / 2 / 5);
        assertFigure(prediction, "requests_per_delivery", 5 / 4.0);
        assertFigure(prediction, "latency_mean_ms", 1000);
        assertFigure(predict(scenario.retention(1)), "lost_ratio", (0.5 + 0.75) / 4);
        assertThat(predict(scenario.aligned()).figures()).doesNotContainKeys("wasted_ratio", "latency_mean_ms");
    }

    private static Prediction predict(ScenarioDraft scenario) {
        return FixedPollingTheory.predict(scenario.scenario());
    }

    private static double value(Prediction prediction, String column) {
        return prediction.value(column).orElseThrow();
    }

    private static void assertFigure(Prediction prediction, String column, double expected) {
        assertThat(value(prediction, column)).as(column).isCloseTo(expected, withinPercentage(SIX_DIGITS));
    }
}
