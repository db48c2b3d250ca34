package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PooledTrialsTest {
    @Test
    void countsAreAddedAndHistogramsMerged() {
        Outcome pooled = PooledTrials.of(List.of(trial(1, 100, 10, 60), trial(2, 300, 20, 240)))
                .get(0);
        assertThat(pooled.counts().polls()).isEqualTo(400);
        assertThat(pooled.counts().emptyPolls()).isEqualTo(300);
        assertThat(pooled.latency().count()).isEqualTo(400);
        assertThat(pooled.latency().meanMillis().orElseThrow()).isCloseTo((100 * 10 + 300 * 20) / 400.0, within(1e-9));
        assertThat(pooled.latency().quantileMillis(0.5).orElseThrow())
                .as("the median of all deliveries, not of two medians")
                .isCloseTo(20, within(0.05));
    }

    @Test
    void secondsStandOneTrialAfterTheOther() {
        Outcome pooled =
                PooledTrials.of(List.of(trial(1, 10, 1, 1), trial(2, 20, 1, 1))).get(0);
        assertThat(pooled.timeline()).extracting(TimelineSecond::second).containsExactly(0L, 1L);
        assertThat(pooled.timeline()).extracting(TimelineSecond::deliveries).containsExactly(10L, 20L);
    }

    @Test
    void anAccountThatDoesNotBalanceIsNotOutweighedByAnother() {
        Outcome pooled = PooledTrials.of(List.of(owing(1, 1), owing(2, -1))).get(0);
        assertThat(pooled.ledger().unbalanced())
                .extracting(Ledger.Account::what)
                .containsExactly("trial 1: deliveries", "trial 2: deliveries");
    }

    @Test
    void theSteadinessOfSeveralTrialsIsTheWorstOfThemWithTheSlicesOfAll() {
        SteadinessVerdict pooled = SteadinessVerdict.worst(List.of(
                steadiness(SteadinessVerdict.Level.STEADY, 1),
                steadiness(SteadinessVerdict.Level.STILL_WARMING, 0.5),
                steadiness(SteadinessVerdict.Level.TOO_FEW_EVENTS, 1.2)));

        assertThat(pooled.level()).isEqualTo(SteadinessVerdict.Level.STILL_WARMING);
        assertThat(pooled.ratio()).hasValue(0.5);
        assertThat(pooled.slices())
                .extracting(SteadinessVerdict.Slice::fromNanos, SteadinessVerdict.Slice::untilNanos)
                .containsExactly(tuple(0L, 10L), tuple(10L, 20L), tuple(20L, 30L));
    }

    private static SteadinessVerdict steadiness(SteadinessVerdict.Level level, double ratio) {
        return new SteadinessVerdict(
                level,
                OptionalDouble.of(ratio),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(new SteadinessVerdict.Slice(0, 10, 5, OptionalDouble.of(1))));
    }

    @Test
    void oneTrialStaysAsItIs() {
        Outcome alone = trial(1, 100, 10, 60);
        assertThat(PooledTrials.of(List.of(alone)).get(0)).isSameAs(alone);
    }

    @Tag("study")
    @Test
    void intervalsOverEnoughTrialsCoverTheTruthAsOftenAsTheySay() {
        cover(300);
    }

    @Tag("slow")
    @Test
    void intervalsOverEnoughTrialsCoverTheTruthAsOftenAsTheySayOverManyRuns() {
        cover(1000);
    }

    private static void cover(int runs) {
        SplittableRandom random = new SplittableRandom(5);
        int meanCovered = 0;
        int medianCovered = 0;
        for (int run = 0; run < runs; run++) {
            List<Outcome> trials = new ArrayList<>();
            for (int number = 1; number <= 8; number++) {
                trials.add(shifted(number, random));
            }
            Map<String, Estimate> intervals = PooledTrials.of(trials).get(0).intervals();
            meanCovered += covers(intervals.get("latency_mean_ms"), 100) ? 1 : 0;
            medianCovered += covers(intervals.get("latency_p50_ms"), 100) ? 1 : 0;
        }
        // 95 % within three standard errors; a quantile's interval is read through a histogram, which widens it
        double errors = 3 * Math.sqrt(0.95 * 0.05 / runs);
        assertThat(meanCovered / (double) runs).isBetween(0.95 - errors, 0.95 + errors);
        assertThat(medianCovered / (double) runs).isBetween(0.94 - errors, Math.min(0.999, 0.97 + errors));
    }

    @Test
    void fewTrialsCombineWhatEachKnowsOfItself() {
        Estimate own = new Estimate(0.5, 0.4, 0.6, "Wilson");
        List<Outcome> trials = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            trials.add(outcome(number, 100, 50, sample(10, 0), Map.of("wasted_ratio", own), balanced()));
        }
        Estimate pooled = PooledTrials.of(trials).get(0).intervals().get("wasted_ratio");
        assertThat(pooled.value()).isEqualTo(0.5);
        assertThat(pooled.halfWidth()).as("four times the evidence").isCloseTo(0.05, within(1e-9));
    }

    private static boolean covers(Estimate interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    /** Deliveries of a machine that was a little slower or faster throughout: those of one trial are alike. */
    private static Outcome shifted(int number, SplittableRandom random) {
        double own = 100 + 10 * (random.nextDouble() - random.nextDouble());
        Histogram histogram = new Histogram(3);
        double sumNanos = 0;
        for (int i = 0; i < 200; i++) {
            long nanos = Math.round(1e6 * (own + 20 * (random.nextDouble() - 0.5)));
            histogram.recordValue(nanos);
            sumNanos += nanos;
        }
        return outcome(number, 100, 50, new Distribution(histogram, sumNanos), Map.of(), balanced());
    }

    private static Outcome trial(int number, long deliveries, double millis, long empty) {
        return outcome(number, deliveries, empty, sample(deliveries, millis), Map.of(), balanced());
    }

    private static Outcome owing(int number, long difference) {
        Ledger.Account account =
                new Ledger.Account("deliveries", Map.of("expected", 10 + difference), Map.of("delivered", 10L));
        return outcome(number, 10, 5, sample(10, 1), Map.of(), new Ledger(List.of(account)));
    }

    private static Ledger balanced() {
        return new Ledger(List.of(new Ledger.Account("deliveries", Map.of("expected", 1L), Map.of("delivered", 1L))));
    }

    private static Distribution sample(long count, double millis) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(Math.round(millis * 1e6), count);
        return new Distribution(histogram, count * millis * 1e6);
    }

    private static Outcome outcome(
            int number, long polls, long empty, Distribution latency, Map<String, Estimate> intervals, Ledger ledger) {
        long delivered = latency.count();
        return new Outcome(
                number,
                "polling",
                new Outcome.Counts(
                        delivered, delivered, delivered, Map.of(), 0, 0, 0, polls, polls, empty, 0, 0, 0, 100, 100, 1),
                latency,
                Distribution.empty(),
                Distribution.empty(),
                Distribution.empty(),
                Map.of("provider", 1.0),
                Map.of(),
                intervals,
                new Prediction(Map.of(), List.of()),
                ledger,
                List.of(new TimelineSecond(0, delivered, delivered, polls, empty, 100, 100)),
                List.of(),
                List.of(),
                List.of());
    }
}
