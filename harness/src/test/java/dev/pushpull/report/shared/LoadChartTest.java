package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadChartTest {
    @Test
    void drawsTheExponentialAndTheHyperbola() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary().run()));

        for (int i = 0; i < chart.x().size(); i++) {
            double x = chart.x().get(i);
            assertThat(chart.waste().get(i)).isCloseTo(Math.exp(-x), within(1e-4 * Math.exp(-x)));
            assertThat(chart.requests().get(i)).isCloseTo(1 / x, within(1e-4 / x));
        }
        assertThat(chart.x()).isSorted();
    }

    @Test
    void setsThisRunsPointsAtItsLoadFactor() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary().run()));

        assertThat(chart.points()).extracting(LoadChart.Points::name).containsExactly("polling", "webhook");
        assertThat(chart.points().get(0).x()).containsExactly(0.5);
        assertThat(chart.points().get(1).waste()).containsExactly((Double) null);
    }

    @Test
    void standsAModeAtTheIntervalAtWhichItPolls() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary()
                .modes("polling", "hybrid", "long-polling", "webhook")
                .run()));

        assertThat(chart.points()).extracting(mode -> mode.x().get(0)).containsExactly(0.5, 2.5, 0.5, 0.5);
        assertThat(chart.points().get(2).waste())
                .as("no clock makes it poll, so theory says nothing about its empty polls")
                .containsExactly((Double) null);
        assertThat(chart.reading()).endsWith(" hybrid stands at the mean interval between polls, which is not T.");
    }

    /** Several events in one request move a crossover, but not that of webhooks. */
    @Test
    void theCrossoverIsThatOfWebhooksWhateverElseIsSent() {
        RunRecord run = Runs.ordinary()
                .modes("polling", "webhook", "thin-webhook", "batched-webhook")
                .run();
        double attempts = run.outcomes().stream()
                .filter(outcome -> outcome.mode().equals("webhook"))
                .findFirst()
                .orElseThrow()
                .prediction()
                .value("requests_per_delivery")
                .orElseThrow();
        LoadChart chart = LoadChart.of(List.of(run));

        assertThat(run.outcomes().get(3).prediction().value("requests_per_delivery"))
                .isNotEqualTo(OptionalDouble.of(attempts));
        assertThat(chart.attempts()).isEqualTo(attempts);
        assertThat(chart.crossover()).isEqualTo(1 / attempts);
    }

    @Test
    void reachesBeyondAnUnusualLoadFactor() {
        LoadChart chart =
                LoadChart.of(List.of(Runs.ordinary().rate(200).seconds(2).run()));

        assertThat(chart.x().get(chart.x().size() - 1)).isGreaterThan(100);
    }

    @Test
    void saysOnWhichSideOfTheCrossoverARunLies() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary().run()));

        assertThat(chart.sentence(0.5))
                .isEqualTo("In theory webhooks need fewer requests up to λT = 1.00, polling beyond.");
        assertThat(chart.sentence(1)).contains("as many requests");
        assertThat(chart.sentence(3)).startsWith("In theory polling needs fewer requests");
    }

    @Test
    void namesTheModesThatItsCurvesAreOf() {
        ModeTraits asking = new ModeTraits(Begins.CONSUMER, Set.of(Trait.CLOCKED), "feed readers", true, "", 0);
        ModeTraits sending = new ModeTraits(Begins.PROVIDER, Set.of(), "mail", false, "", 1);
        LoadChart chart = LoadChart.of(
                List.of(Runs.ordinary().declared(List.of(asking, sending)).run()));

        assertThat(chart.sentence(0.5))
                .isEqualTo("In theory mail needs fewer requests up to λT = 1.00, feed readers beyond.");
        assertThat(chart.sentence(3)).startsWith("In theory feed readers need fewer requests from λT = 1.00 on, ");
        assertThat(chart.reading())
                .startsWith("Left of the crossover mail needs fewer requests, right of it feed readers do, ");
    }

    @Test
    void isOfPollsAtAFixedIntervalWhereNoModeHasOne() {
        LoadChart chart =
                LoadChart.of(List.of(Runs.ordinary().modes("long-polling").run()));

        assertThat(chart.sentence(3)).startsWith("In theory polling at a fixed interval needs fewer requests ");
    }
}
