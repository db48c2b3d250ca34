package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits, identities and the field's published figures. */
class IdentitiesTest {
    @Test
    void noLawOfArrivalsWastesLessThanOneMinusTheLoadFactor() {
        for (double interval = 0.01; interval < 100; interval *= 1.3) {
            for (ModulatedPoisson law : List.of(
                    new ModulatedPoisson(5, 0, 0.5, 0.05),
                    new ModulatedPoisson(4, 0.1, 0.2, 0.1),
                    new ModulatedPoisson(100, 1, 1e-6, 1e-3))) {
                assertThat(law.empty(interval)).isBetween(1 - law.rate() * interval, 1.0);
                assertThat(law.empty(interval))
                        .as("burstiness only adds waste")
                        .isGreaterThanOrEqualTo(Math.exp(-law.rate() * interval) - 1e-12);
            }
        }
    }

    @Test
    void slowModulationMixesAndFastModulationAverages() {
        double interval = 0.8;
        ModulatedPoisson slow = new ModulatedPoisson(5, 0, 3e-9, 1e-9);
        assertThat(slow.empty(interval)).isCloseTo(0.75 + 0.25 * Math.exp(-5 * interval), within(1e-8));
        ModulatedPoisson fast = new ModulatedPoisson(5, 0, 3e7, 1e7);
        assertThat(fast.empty(interval)).isCloseTo(Math.exp(-fast.rate() * interval), within(1e-6));
    }

    @Test
    void theWasteStartsAtOneAndFallsAtTheMeanRate() {
        ModulatedPoisson law = new ModulatedPoisson(5, 0.3, 0.5, 0.05);
        assertThat(law.empty(0)).isEqualTo(1);
        assertThat((1 - law.empty(1e-6)) / 1e-6).isCloseTo(law.rate(), within(1e-4));
    }

    @Test
    void matrixExponentialsComposeAndKeepProbability() {
        ModulatedPoisson law = new ModulatedPoisson(5, 0, 0.5, 0.005);
        Matrix2 twice = law.phases().exp(3).times(law.phases().exp(3));
        assertThat(law.phases().exp(6).a()).isCloseTo(twice.a(), within(1e-14));
        assertThat(twice.a() + twice.b()).isCloseTo(1, within(1e-14));
        double[] stationary = law.phases().exp(1e9).stationary();
        assertThat(law.phasesWithoutEvent().exp(2).after(stationary)[0]
                        + law.phasesWithoutEvent().exp(2).after(stationary)[1])
                .isCloseTo(law.empty(2), within(1e-14));
        assertThat(new Matrix2(-2, 0, 0, -2).exp(1.5)).isEqualTo(Matrix2.IDENTITY.times(Math.exp(-3)));
        assertThat(new Matrix2(-1e6, 1, 1, -1).exp(1e3).d()).isCloseTo(0, within(1e-12));
    }

    @Test
    void chernoffsBoundLiesAboveThePoissonTail() {
        ModulatedPoisson steady = new ModulatedPoisson(2, 2, 1, 1);
        var poisson = org.apache.commons.statistics.distribution.PoissonDistribution.of(2 * 3);
        for (int events = 10; events < 60; events += 10) {
            assertThat(steady.atLeast(events, 3)).isBetween(poisson.survivalProbability(events - 1), 1.0);
        }
        assertThat(steady.atLeast(60, 3)).isLessThan(1e-20);
    }

    @Test
    void aRenewalProcessOfOnePhaseForgetsAtItsRate() {
        assertThat(new ModulatedPoisson(3, 0, 1e-12, 1e3).meanSecondsSinceLast())
                .isCloseTo(1 / 3.0, within(1e-9));
        ModulatedPoisson bursts = new ModulatedPoisson(5, 0, 0.5, 0.05);
        double sum = 0; // the mean is the integral of the probability of an empty window
        for (double x = 0; x < 2000; x += 0.001) {
            sum += bursts.empty(x + 0.0005) * 0.001;
        }
        assertThat(bursts.meanSecondsSinceLast()).isCloseTo(sum, within(1e-5));
    }

    @Test
    void aBackoffOfOneRungIsAFixedInterval() {
        PollCycles one = PollCycles.backoff(new double[] {2}, 0.3);
        assertThat(one.meanWait()).isCloseTo(1, within(1e-15));
        assertThat(one.waitAtMost(1)).isCloseTo(0.5, within(1e-15));
        ModulatedPoisson law = new ModulatedPoisson(5, 0, 0.5, 0.005);
        ModulatedBackoff fixed = ModulatedBackoff.of(new double[] {2}, law);
        assertThat(fixed.wasted()).isCloseTo(law.empty(2), within(1e-12));
        assertThat(fixed.meanWait()).isCloseTo(1, within(1e-12));
    }

    @Test
    void underEqualRatesTheModulatedBackoffIsThePoissonOne() {
        double[] ladder = {1, 2, 4, 8};
        PollCycles poisson = PollCycles.backoff(ladder, 0.2);
        ModulatedBackoff same = ModulatedBackoff.of(ladder, new ModulatedPoisson(0.2, 0.2, 0.4, 0.1));
        assertThat(same.meanInterval()).isCloseTo(poisson.meanLength(), within(1e-12));
        assertThat(same.meanWait()).isCloseTo(poisson.meanWait(), within(1e-12));
        assertThat(same.wasted()).isCloseTo(1 - poisson.share(0), within(1e-12));
    }

    @Test
    void atEqualCostBackingOffLosesUnderPoissonArrivalsAndShortBurstsAndWinsOnLongOnes() {
        double[] ladder = {1, 2, 4, 8, 16, 32};
        PollCycles poisson = PollCycles.backoff(ladder, 0.02);
        assertThat(poisson.meanLength() / 2).as("fixed at the same rate").isCloseTo(5.46, within(0.005));
        assertThat(poisson.meanWait()).isCloseTo(11.55, within(0.005));
        ModulatedBackoff shortBursts = ModulatedBackoff.of(ladder, new ModulatedPoisson(5, 0, 0.5, 0.005));
        assertThat(shortBursts.meanInterval() / 2).isCloseTo(10.21, within(0.01));
        assertThat(shortBursts.meanWait()).isCloseTo(13.05, within(0.005));
        ModulatedBackoff longBursts = ModulatedBackoff.of(ladder, new ModulatedPoisson(5, 0, 0.05, 0.0005));
        assertThat(longBursts.meanInterval() / 2).isCloseTo(13.15, within(0.005));
        assertThat(longBursts.meanWait()).isCloseTo(6.26, within(0.005));
    }

    @Test
    void quantilesInvertTheDistribution() {
        PollCycles cycles = PollCycles.backoff(new double[] {1, 2, 4, 8, 16, 32}, 0.02);
        for (double p = 0.01; p < 1; p += 0.01) {
            assertThat(cycles.waitAtMost(cycles.waitQuantile(p))).isCloseTo(p, within(1e-12));
        }
    }

    @Test
    void aStallThatRoundTripsHideShowsInTheWaits() {
        PollCycles stalled = PollCycles.withStall(1, 60, 2000);
        assertThat(stalled.meanWait()).isCloseTo(1.415, within(1e-9));
        assertThat(1 - stalled.waitAtMost(30)).isCloseTo(31.0 / 2000, within(1e-12));
        double share = 61.0 / 2000;
        assertThat(stalled.waitQuantile(0.99)).isCloseTo(61 * (1 - 0.01 / share), within(1e-9));
        assertThat(stalled.waitQuantile(0.99))
                .as("against a round trip of 0.01 s")
                .isCloseTo(41, within(1e-9));
    }

    @Test
    void pollsThatAnOutageSwallowsLeaveGapsOfWholeIntervals() {
        PollCycles cycles = PollCycles.withOutages(10, 1000, List.of(25.0));
        assertThat(1000 / cycles.meanLength()).as("polls made").isCloseTo((1000 - 25) / 10.0, within(1e-9));
        double square = 0.5 * 30 * 30 + 0.5 * 40 * 40;
        assertThat(cycles.meanWait()).isCloseTo((10 * 10 * 96.5 + square) / 2000, within(1e-9));
        PollCycles random = PollCycles.withRandomOutages(1, 50, 5);
        assertThat(1 / random.meanLength()).as("share of ticks that are up").isCloseTo(50 / 55.0, within(1e-9));
        double missed = 5 / 55.0 / (50 / 55.0 * -Math.expm1(-(1 / 50.0 + 1 / 5.0)));
        assertThat(random.meanWait()).isCloseTo(0.5 + missed, within(1e-9));
    }

    @Test
    void onePageOfOneIsTheQueueOfUnitService() {
        for (double mean = 0.1; mean < 1; mean += 0.1) {
            Pages.OnePageAPoll one = Pages.onePageAPoll(mean, 1);
            assertThat(one.meanBacklog()).isCloseTo(mean * mean / (2 * (1 - mean)), within(1e-12));
            assertThat(one.wasted()).isCloseTo(1 - mean, within(1e-12));
        }
        assertThat(Pages.onePageAPoll(0.5, 20).wasted())
                .as("a large page is none")
                .isCloseTo(Math.exp(-0.5), within(1e-12));
        assertThatThrownBy(() -> Pages.onePageAPoll(5, 5)).hasMessageContaining("pages of 5");
    }

    @Test
    void firstComeFirstServedWaitsByLittlesLaw() {
        Pages.OnePageAPoll five = Pages.onePageAPoll(4.5, 5);
        double meanWaiting = five.meanBacklog() + 4.5 / 2; // left over, and those of half an interval
        assertThat(five.meanWait(4.5, 1)).isCloseTo(meanWaiting / 4.5, within(1e-12));
    }

    @Test
    void drainingAsksOncePerStartedPage() {
        assertThat(Pages.requestsWhileMore(3, 1, 1000)).isCloseTo(3 + Math.exp(-3), within(1e-12));
        assertThat(Pages.requestsUntilShortPage(3, 1)).isCloseTo(4, within(1e-12));
        assertThat(Pages.requestsWhileMore(3, 1000, 10_000)).isCloseTo(1, within(1e-12));
        assertThat(Pages.requestsWhileMore(50, 10, 20))
                .as("no more than what is kept")
                .isCloseTo(2, within(1e-4));
        assertThat(Pages.requestsWhileMore(1e9, 100, 10_000)).isCloseTo(100, within(1e-9));
    }

    @Test
    void aTraceIsCountedExactly() {
        TraceClosedForms trace = new TraceClosedForms(new double[] {0, 1, 1.5, 10, 200}, 100);
        assertThat(trace.events()).isEqualTo(4);
        assertThat(trace.pollsWithAtLeast(1, 2)).isCloseTo((1 + 0.5 + 2 + 2) / 2, within(1e-12));
        assertThat(trace.pollsWithAtLeast(2, 2)).as("ticks in [1, 3)").isCloseTo(1, within(1e-12));
        assertThat(trace.pollsWithAtLeast(3, 2)).as("ticks in [1.5, 2)").isCloseTo(0.25, within(1e-12));
        assertThat(trace.lost(1, 2)).isCloseTo((1 - 0.5) + (1 - 0.25), within(1e-12));
        assertThat(trace.lost(3, 2)).isZero();
    }

    @Test
    void retriesThatFailIndependentlyAreGeometric() {
        Attempts attempts = new Attempts(new double[] {0, 5, 300}, 0);
        Attempts.Course course = attempts.course(0.2, 0, 0);
        assertThat(course.lost()).isCloseTo(0.008, within(1e-15));
        assertThat(course.attempts() / (1 - course.lost())).as("1/p").isCloseTo(1.25, within(1e-12));
        assertThat(course.meanDelay()).isCloseTo((0.16 * 5 + 0.032 * 305) / 0.992, within(1e-12));
        assertThat(attempts.delayQuantile(0.2, 0.5)).isZero();
        assertThat(attempts.delayQuantile(0.2, 0.9)).isEqualTo(5);
        assertThat(attempts.delayQuantile(0.2, 0.99)).isEqualTo(305);
        Attempts jittered = new Attempts(new double[] {0, 5, 300}, 0.1);
        assertThat(jittered.course(0.2, 0, 0).meanDelay()).isCloseTo(1.05 * course.meanDelay(), within(1e-12));
        assertThat(jittered.delayQuantile(0.2, 0.99)).isNaN();
    }

    @Test
    void jitterIsAveragedOrSaidToBeUnknown() {
        double[] waits = {0, 10, 20};
        double outage = 100;
        Attempts jittered = new Attempts(waits, 0.5);
        double attempts = 1 + 1 + (1 - 12.5 / outage);
        assertThat(jittered.duringOutage(outage).attempts()).isCloseTo(attempts, within(1e-12));
        assertThat(jittered.duringOutage(outage).lost()).isCloseTo(1 - 37.5 / outage, within(1e-12));
        assertThat(jittered.duringOutage(12).attempts())
                .as("the one random wait that straddles the end is averaged")
                .isCloseTo(2 + 2 * 2 / (2 * 5.0) / 12, within(1e-6));
        assertThat(jittered.duringOutage(40).lost()).isNaN();
        Attempts plain = new Attempts(waits, 0);
        assertThat(new Attempts(waits, 1e-9).duringOutage(20).meanDelay())
                .isCloseTo(plain.duringOutage(20).meanDelay(), within(1e-6));
        assertThat(new Attempts(waits, 1e-9).course(0.1, 50, 5).lost())
                .isCloseTo(plain.course(0.1, 50, 5).lost(), within(1e-9));
    }

    @Test
    void aReconcilingPollBoundsTheDelay() {
        Attempts never = new Attempts(new double[] {0}, 0);
        Reconciled onlyPolls = new Reconciled(never, 1, 10, 0.2, 0.1);
        assertThat(onlyPolls.meanDelay()).as("R/2 + v").isCloseTo(5.2, within(1e-12));
        assertThat(onlyPolls.wasted(0.3)).isCloseTo(Math.exp(-3), within(1e-12));
        assertThat(onlyPolls.delayQuantile(0.9)).isCloseTo(9.2, within(1e-12));
        Reconciled onlyWebhooks = new Reconciled(never, 0, 10, 0.2, 0.1);
        assertThat(onlyWebhooks.meanDelay()).isCloseTo(0.1, within(1e-15));
        assertThat(onlyWebhooks.exposure()).isZero();
        assertThat(onlyWebhooks.delayQuantile(0.999)).isEqualTo(0.1);
        Reconciled both = new Reconciled(new Attempts(new double[] {0, 5, 300}, 0.1), 0.2, 10, 0.2, 0.1);
        assertThat(both.meanDelay()).isBetween(0.2 * 2, 0.2 * 5 + 0.1);
        assertThat(both.delayQuantile(0.5)).isEqualTo(0.1);
        assertThat(both.delayQuantile(0.85)).isCloseTo(0.2 + 10 * (1 - 0.15 / 0.2), within(1e-12));
        assertThat(both.delayQuantile(0.99)).isNaN();
    }

    @Test
    void zapiersCountIsAPoissonLoadFactor() {
        double loadFactor = 0.01545;
        assertThat(Math.exp(-loadFactor)).isCloseTo(0.98467, within(1e-5));
        assertThat(1 / -Math.expm1(-loadFactor)).as("polls a hit").isCloseTo(65.2, within(0.05));
        assertThat(-Math.log(1 - 460_000 / 30e6)).isCloseTo(loadFactor, within(1e-5));
    }

    @Test
    void bytesCrossOverWhereTheyWereMeasured() {
        assertThat(new ByteCosts(215, 149, 149, 0, 344).crossover().orElseThrow())
                .isCloseTo(1.058, within(5e-4));
        assertThat(new ByteCosts(240, 81, 149, 0, 344).crossover().orElseThrow())
                .isCloseTo(1.062, within(5e-4));
        assertThat(new ByteCosts(219, 64, 149, 0, 344).crossover().orElseThrow())
                .isCloseTo(0.977, within(5e-4));
        for (double overhead = 100; overhead < 1000; overhead += 50) {
            ByteCosts costs = new ByteCosts(240, 81, 149, 0, overhead);
            double crossover = costs.crossover().orElseThrow();
            assertThat(costs.polled(crossover)).isCloseTo(overhead, within(1e-9));
        }
        assertThat(new ByteCosts(215, 149, 149, 500, 400).crossover()).isEmpty();
    }

    @Test
    void atZapiersLoadBytesDifferLessThanRequests() {
        double[][] bodies = {{500, 28.4}, {1442, 14.0}, {4276, 6.0}, {7883, 3.8}, {23_985, 1.95}};
        for (double[] body : bodies) {
            ByteCosts costs = new ByteCosts(215, 149, 149, body[0], 344 + body[0]);
            assertThat(costs.polled(0.0155) / costs.webhook()).isCloseTo(body[1], within(0.051));
        }
    }

    @Test
    void conditionalStatePollingSavesTheWastedShare() {
        double full = ByteCosts.wholeState(0.5, 0, 300, 80, 5000);
        double conditional = ByteCosts.wholeState(0.5, 0.6, 300, 80, 5000);
        assertThat(1 - conditional / full).isCloseTo(0.6 * (5000 - 80) / 5300, within(1e-12));
    }

    @Test
    void randomPhasesSpareTheSourceTheHerd() {
        assertThat(SourceLoad.busiestSecond(1000, 60)).isCloseTo(26.7, within(0.15));
        assertThat(SourceLoad.busiestSecond(1, 60)).isCloseTo(1, within(0.01));
        assertThat(SourceLoad.busiestSecond(100_000, 1)).isEqualTo(100_000);
    }

    @Test
    void commensuratePeriodsLeaveALattice() {
        assertThat(FixedRate.latticePoints(0.3, 1000)).isEqualTo(3);
        assertThat(FixedRate.latticePoints(2.5, 1000)).isEqualTo(5);
        assertThat(FixedRate.latticePoints(1, 1000)).isEqualTo(1);
        assertThat(FixedRate.latticePoints(1 / Math.sqrt(7), 1000)).isZero();
        assertThat(FixedRate.spreadWithinRun(1, 3)).isCloseTo(0.2722, within(5e-5));
        assertThat(FixedRate.spreadBetweenRuns(1, 3)).isCloseTo(0.0963, within(1e-4));
        assertThat(FixedRate.spreadWithinRun(1, 5)).isCloseTo(0.2828, within(5e-5));
        assertThat(FixedRate.spreadBetweenRuns(1, 5)).isCloseTo(0.0577, within(5e-5));
        assertThat(FixedRate.spreadBetweenRuns(1, 1)).isCloseTo(0.289, within(5e-4));
    }
}
