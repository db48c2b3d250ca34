package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.polling.VirtualPolling;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.WireModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A nominal 95 % interval holds the true figure in at least 93 % of runs, for bursty events too. */
class IntervalCoverageTest {
    private static final int RUNS = 1000;

    @Test
    void overConsumersWithPoissonEvents() {
        assertCovers(ScenarioDraft.poisson(0.5, 200).consumers(25), figures(0.606531, 0.5));
    }

    @Test
    void overConsumersWithBurstyEvents() {
        assertCovers(ScenarioDraft.of(bursty(), 1).duration(1_000).consumers(25), figures(0.884288, 5.0 / 11));
    }

    @Test
    void overTimeWithPoissonEvents() {
        assertCovers(ScenarioDraft.poisson(0.5, 6_000), figures(0.606531, 0.5));
    }

    @Test
    void overTimeWithBurstyEvents() {
        assertCovers(ScenarioDraft.of(bursty(), 1).duration(20_000), figures(0.884288, 5.0 / 11));
    }

    @Test
    void overTimeWithASharedStream() {
        assertCovers(ScenarioDraft.of(bursty(), 1).duration(20_000).consumers(5).shared(), figures(0.884288, 5.0 / 11));
    }

    /**
     * Events wait together while their consumer is down. A wait of more than k whole seconds wants k polls one after
     * another to fall into an outage, which they do with probability A s^(k-1), A = 20/420 and s = A + (1-A) e^(-0.0525)
     * (docs/theory.md section 8).
     */
    @Test
    void overConsumersThatAreDownNowAndThen() {
        Map<String, Double> truth = new LinkedHashMap<>();
        truth.put("latency_p50_ms", 525.0);
        truth.put("latency_p90_ms", 945.0);
        truth.put("latency_p99_ms", 32_257.0);
        assertCovers(ScenarioDraft.poisson(0.5, 5_000).consumers(20).randomOutages(400, 20), truth);
    }

    /** IPP(5, 0, 0.5, 0.05) of theory.md section 12. */
    private static BurstyArrivals bursty() {
        return new BurstyArrivals(5, 2e9, 20e9);
    }

    /** With T = 1 s and no leg. */
    private static Map<String, Double> figures(double wasted, double rate) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("wasted_ratio", wasted);
        figures.put("requests_per_delivery", 1 / rate);
        figures.put("latency_mean_ms", 500.0);
        figures.put("latency_p50_ms", 500.0);
        figures.put("latency_p90_ms", 900.0);
        return figures;
    }

    private static void assertCovers(ScenarioDraft asked, Map<String, Double> truth) {
        Scenario scenario = asked.scenario();
        Map<String, Integer> held = new LinkedHashMap<>();
        for (int run = 0; run < RUNS; run++) {
            Seeds seeds = new Seeds(run);
            ArrivalStreams events = ArrivalStreams.drawn(
                    scenario.events().arrivals(), scenario.events().streamCount(), seeds);
            Outcome outcome = VirtualTime.run(
                    "polling", scenario, events, WireModel.polling(scenario), VirtualPolling.fixed(scenario, seeds));
            truth.forEach((column, value) -> {
                Estimate estimate = outcome.intervals().get(column);
                boolean holds = estimate.low() <= value && value <= estimate.high();
                held.merge(column, holds ? 1 : 0, Integer::sum);
            });
        }
        assertThat(held.values()).as("of " + RUNS + ": " + held).allMatch(count -> count >= 0.93 * RUNS);
    }
}
