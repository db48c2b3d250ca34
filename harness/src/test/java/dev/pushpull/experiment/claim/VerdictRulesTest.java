package dev.pushpull.experiment.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.experiment.claim.BadEndpointFinding.Noticed;
import dev.pushpull.experiment.claim.InstantUpdatesExperiment.Busy;
import dev.pushpull.experiment.claim.LoadVerdict.Margin;
import dev.pushpull.experiment.claim.RealTimeExperiment.Interval;
import dev.pushpull.experiment.claim.ScalabilityExperiment.Slopes;
import dev.pushpull.experiment.claim.SignaturesExperiment.Tried;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which figures lead to which verdict. */
class VerdictRulesTest {
    private static List<Margin> margins(double halfWidth, double... values) {
        List<Margin> margins = new ArrayList<>();
        for (double value : values) {
            margins.add(new Margin(Math.pow(2, margins.size()), value, value - halfWidth, value + halfWidth));
        }
        return margins;
    }

    @Test
    void alongTheLoadFactorAStatementHoldsFailsOrHoldsUpToACrossing() {
        assertThat(LoadVerdict.of(margins(0.1, 1, 0.5, 0.2)).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(LoadVerdict.of(margins(0.1, -1, -0.5, -0.2)).verdict()).isEqualTo(Verdict.FAILS);
        LoadVerdict bounded = LoadVerdict.of(margins(0.1, 0.5, 0.5, -0.5, -0.5));
        assertThat(bounded.verdict()).isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(bounded.bound())
                .as("halfway between 2 and 4 on a scale of factors")
                .isEqualTo("lambda*T < 2.83");
    }

    @Test
    void wideIntervalsAndFewPointsDecideNothing() {
        assertThat(LoadVerdict.of(margins(2, 1, 0.5, -0.5)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(LoadVerdict.of(margins(0.1, 1, -1)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(LoadVerdict.of(List.of()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(LoadVerdict.of(margins(0.3, 1, 0.5, 0.2)).verdict())
                .as("the last may lie on either side")
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static Interval interval(double millis, double polledShare, double halfWidth, double pushedMillis) {
        Reading polled = new Reading(polledShare, polledShare - halfWidth, polledShare + halfWidth);
        return new Interval(
                millis,
                polled,
                new Reading(pushedMillis, pushedMillis, pushedMillis),
                new Reading(polledShare * millis, polled.low() * millis, polled.high() * millis));
    }

    @Test
    void pollingIsLateByHalfItsIntervalOrNot() {
        assertThat(RealTimeExperiment.verdict(List.of(
                        interval(100, 0.51, 0.03, 1), interval(200, 0.5, 0.03, 1), interval(400, 0.49, 0.03, 1))))
                .isEqualTo(Verdict.HOLDS);
        assertThat(RealTimeExperiment.verdict(List.of(
                        interval(100, 0.51, 0.03, 80), interval(200, 0.5, 0.03, 80), interval(400, 0.49, 0.03, 80))))
                .as("webhooks that take 80 ms are later than polls every 100 ms")
                .isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(RealTimeExperiment.verdict(
                        List.of(interval(100, 0.7, 0.03, 1), interval(200, 0.7, 0.03, 1), interval(400, 0.5, 0.03, 1))))
                .isEqualTo(Verdict.FAILS);
        assertThat(RealTimeExperiment.verdict(
                        List.of(interval(100, 0.5, 0.2, 1), interval(200, 0.5, 0.03, 1), interval(400, 0.5, 0.03, 1))))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(RealTimeExperiment.verdict(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void webhooksAreInstantAsLongAsTheReceiverIsNotTooBusy() {
        Busy quick = new Busy(0.3, 5, 9);
        Busy late = new Busy(1.2, 900, 1100);
        Busy unknown = new Busy(0.8, Double.NaN, Double.NaN);
        assertThat(InstantUpdatesExperiment.verdict(List.of(quick, quick))).isEqualTo(Verdict.HOLDS);
        assertThat(InstantUpdatesExperiment.verdict(List.of(quick, unknown, late)))
                .isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(InstantUpdatesExperiment.bound(List.of(quick, unknown, late)))
                .contains("< 1.20 x");
        assertThat(InstantUpdatesExperiment.verdict(List.of(late, late))).isEqualTo(Verdict.FAILS);
        assertThat(InstantUpdatesExperiment.verdict(List.of(unknown, late))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(InstantUpdatesExperiment.verdict(List.of(quick, new Busy(1.2, 90, 110))))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aConsumerScalesWhenItCostsNothingWhileNothingHappens() {
        Slopes idle = new Slopes(1, 0.0003, 0.1, 0.0004, 4);
        assertThat(ScalabilityExperiment.verdict(idle, new Slopes(1, 1.02, 0.1, 0.1, 4)))
                .isEqualTo(Verdict.HOLDS);
        assertThat(ScalabilityExperiment.verdict(idle, new Slopes(1, 1.02, 0.1, 0.2, 4)))
                .isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(ScalabilityExperiment.verdict(new Slopes(1, 1, 0.1, 0.1, 4), idle))
                .isEqualTo(Verdict.FAILS);
        assertThat(ScalabilityExperiment.verdict(new Slopes(1, 0.5, 0.1, 0.05, 4), idle))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ScalabilityExperiment.verdict(new Slopes(1, 0.0003, 0.1, 0.0004, 1), idle))
                .as("one point has no slope")
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void signaturesProtectWhereTheyCoverTheBodyAndCostLittle() {
        Tried sound = new Tried("stripe", 10, 10, 10, 0, 5, 200);
        Tried token = new Tried("gitlab", 10, 10, 10, 10, 1, 200);
        assertThat(SignaturesExperiment.verdict(List.of(sound, sound))).isEqualTo(Verdict.HOLDS);
        assertThat(SignaturesExperiment.verdict(List.of(sound, token))).isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(SignaturesExperiment.verdict(List.of(token))).isEqualTo(Verdict.FAILS);
        assertThat(SignaturesExperiment.verdict(List.of(sound, new Tried("slack", 10, 9, 10, 0, 5, 200))))
                .isEqualTo(Verdict.FAILS);
        Tried dear = new Tried("slack", 10, 10, 10, 0, 50, 200);
        assertThat(SignaturesExperiment.verdict(List.of(sound, dear))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(SignaturesExperiment.dear(List.of(sound, dear))).isEqualTo(", slack 25.0 %");
        assertThat(SignaturesExperiment.verdict(List.of(new Tried("slack", 10, 10, 10, 0, 5, Double.NaN))))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void badEndpointsDelayTheOthersFromSomeShareOfThePlacesOn() {
        Noticed prompt = new Noticed(0.1, 0, 5, 20);
        Noticed lateToo = new Noticed(0.1, 0, 300, 400);
        Noticed late = new Noticed(1, 0, 900, 1100);
        Noticed lossy = new Noticed(1, 3, 5, 20);
        Noticed unknown = new Noticed(0.5, 0, Double.NaN, Double.NaN);
        assertThat(BadEndpointFinding.verdict(List.of(prompt, late))).isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(BadEndpointFinding.bound(List.of(prompt, late))).contains(">= 1.00 x");
        assertThat(BadEndpointFinding.verdict(List.of(prompt, lossy)))
                .as("a lost delivery is a late one")
                .isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(BadEndpointFinding.verdict(List.of(lateToo, late))).isEqualTo(Verdict.HOLDS);
        assertThat(BadEndpointFinding.verdict(List.of(prompt, prompt))).isEqualTo(Verdict.FAILS);
        assertThat(BadEndpointFinding.verdict(List.of(prompt, unknown, late))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(BadEndpointFinding.verdict(List.of(lateToo, new Noticed(1, 0, 5, 20))))
                .as("late with few places and not with all of them is no rule")
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aSlopeIsFoundByLeastSquares() {
        List<ScalabilityExperiment.Point> points = List.of(
                new ScalabilityExperiment.Point(1, 1, null, null),
                new ScalabilityExperiment.Point(10, 1, null, null),
                new ScalabilityExperiment.Point(100, 1, null, null));
        assertThat(ScalabilityExperiment.slope(points, point -> 7 + 0.25 * point.consumers()))
                .isCloseTo(0.25, within(1e-12));
        assertThat(ScalabilityExperiment.slope(points.subList(0, 1), point -> 1))
                .isNaN();
    }

    @Test
    void aVerdictAndItsBoundBelongTogether() {
        List<Figure> figures = List.of(Figure.of("requests", "", 1, 2, "evidence/x.csv: requests"));
        assertThatThrownBy(() -> new ClaimFinding(Claim.EFFORT, Verdict.HOLDS_WHEN, "", "because", figures, List.of()))
                .hasMessageContaining("effort");
        assertThatThrownBy(() ->
                        new ClaimFinding(Claim.EFFORT, Verdict.HOLDS, "lambda*T < 1", "because", figures, List.of()))
                .hasMessageContaining("effort");
        assertThatThrownBy(() -> new ClaimFinding(Claim.EFFORT, Verdict.HOLDS, "", "because", List.of(), List.of()))
                .hasMessageContaining("without a figure");
    }
}
