package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.polling.VirtualPolling;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A nominal 95 % interval contains the true figure in at least 93 % of runs, even for bursty events. A build checks a
 * few runs, and fails when so few intervals contain it that chance hardly explains it; the slow profile checks more.
 */
class IntervalCoverageTest {
    private static final int RUNS = 400;
    private static final int MANY_RUNS = 1000;
    private static final double LEAST_COVERAGE = 0.93;

    /** How often a build may wrongly reject an interval whose coverage is just sufficient. */
    private static final double ERROR = 0.001;

    /**
     * A scenario and its true figures. When consumers are down now and then, events wait together. A wait of more than
     * k whole seconds needs k consecutive polls to fall into an outage, which has probability A s^(k-1), A = 20/420 and
     * s = A + (1-A) e^(-0.0525) (docs/theory.md section 8).
     */
    private enum Case {
        OVER_CONSUMERS_WITH_POISSON_EVENTS(ScenarioDraft.poisson(0.5, 200).consumers(25), figures(0.606531, 0.5)),
        OVER_CONSUMERS_WITH_BURSTY_EVENTS(
                ScenarioDraft.of(bursty(), 1).duration(1_000).consumers(25), figures(0.884288, 5.0 / 11)),
        OVER_TIME_WITH_POISSON_EVENTS(ScenarioDraft.poisson(0.5, 6_000), figures(0.606531, 0.5)),
        OVER_TIME_WITH_BURSTY_EVENTS(ScenarioDraft.of(bursty(), 1).duration(20_000), figures(0.884288, 5.0 / 11)),
        OVER_TIME_WITH_A_SHARED_STREAM(
                ScenarioDraft.of(bursty(), 1).duration(20_000).consumers(5).shared(), figures(0.884288, 5.0 / 11)),
        OVER_CONSUMERS_THAT_ARE_DOWN_NOW_AND_THEN(
                ScenarioDraft.poisson(0.5, 5_000).consumers(20).randomOutages(400, 20),
                Map.of("latency_p50_ms", 525.0, "latency_p90_ms", 945.0, "latency_p99_ms", 32_257.0));

        private final ScenarioDraft asked;
        private final Map<String, Double> truth;

        Case(ScenarioDraft asked, Map<String, Double> truth) {
            this.asked = asked;
            this.truth = truth;
        }
    }

    @Tag("study")
    @ParameterizedTest
    @EnumSource
    void anIntervalHoldsTheTrueFigureOftenEnough(Case one) {
        Map<String, Integer> held = held(one, RUNS);
        BinomialDistribution justEnough = BinomialDistribution.of(RUNS, LEAST_COVERAGE);
        assertThat(held.values())
                .as("of " + RUNS + ": " + held)
                .allMatch(count -> justEnough.cumulativeProbability(count) > ERROR);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void inManyRunsTheIntervalsHoldTheTrueFiguresToTheLetter(Case one) {
        Map<String, Integer> held = held(one, MANY_RUNS);
        assertThat(held.values())
                .as("of " + MANY_RUNS + ": " + held)
                .allMatch(count -> count >= LEAST_COVERAGE * MANY_RUNS);
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

    /** By column: in how many runs the interval contains the true figure. */
    private static Map<String, Integer> held(Case one, int runs) {
        Scenario scenario = one.asked.scenario();
        Map<String, Integer> held = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            Seeds seeds = new Seeds(run);
            ArrivalStreams events = ArrivalStreams.drawn(
                    scenario.events().arrivals(), scenario.events().streamCount(), seeds);
            Outcome outcome = VirtualTime.run(
                    "polling",
                    scenario,
                    events,
                    List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)),
                    VirtualPolling.fixed(scenario, seeds));
            one.truth.forEach((column, value) -> {
                Estimate estimate = outcome.intervals().get(column);
                boolean holds = estimate.low() <= value && value <= estimate.high();
                held.merge(column, holds ? 1 : 0, Integer::sum);
            });
        }
        return held;
    }
}
