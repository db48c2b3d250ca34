package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.SpectrumCurve;
import dev.pushpull.report.shared.TwoClocks;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Polling takes up to half a second here, and webhooks less than a millisecond. */
class AcrossClocksTest {
    private static final double LEAST_MILLIS = 100;

    private final RunRecord oneClock = Runs.ordinary().run();
    private final RunRecord twoClocks = TwoClocks.took(oneClock, LEAST_MILLIS / 10);

    private static List<SpectrumCurve> measured(RunRecord run) {
        return SpectrumCurve.of(run).stream()
                .filter(curve -> curve.kind().equals("measured"))
                .toList();
    }

    @Test
    void aCurveBeginsWhereTheClocksTellIt() {
        SpectrumCurve whole = measured(oneClock).get(0);
        assertThat(measured(twoClocks)).hasSize(1).allSatisfy(curve -> {
            assertThat(curve.y()).allMatch(millis -> millis >= LEAST_MILLIS);
            assertThat(whole.x())
                    .as("the part that is drawn is the same")
                    .endsWith(curve.x().toArray(new Double[0]));
            assertThat(whole.y()).endsWith(curve.y().toArray(new Double[0]));
        });
        assertThat(whole.y()).anyMatch(millis -> millis < LEAST_MILLIS);
    }

    @Test
    void aSentenceSaysFromWhereOnEachModeIsDrawn() {
        String sentence = "The clocks of two hosts took these latencies, and nothing below ten times their bound is"
                + " drawn: polling from 100 ms on, ±10.0 ms; webhook from 100 ms on, ±10.0 ms";
        assertThat(HtmlReport.render(twoClocks, List.of())).contains(sentence);
        assertThat(HtmlReport.render(oneClock, List.of())).doesNotContain("clocks of two hosts");
        assertThat(TerminalReport.render(twoClocks, Optional.empty(), false, true)
                        .replaceAll("\\s+", " "))
                .contains(sentence);
    }

    @Test
    void linesOfATerminalBeginWhereTheClocksTellThem() {
        assertThat(Sparkline.byMode(oneClock)).containsOnlyKeys("polling", "webhook");
        assertThat(Sparkline.byMode(twoClocks))
                .containsOnlyKeys("polling")
                .hasEntrySatisfying("polling", line -> assertThat(line).startsWith("100 ms "));
    }

    @Test
    void titlesSayNothingOfWhatIsNotDrawn() {
        assertThat(LatencyFinding.ofPercentiles(oneClock)).contains("webhook");
        assertThat(LatencyFinding.ofPercentiles(twoClocks)).contains("polling").doesNotContain("webhook");
        assertThat(LatencyFinding.ofShares(twoClocks)).contains("polling").doesNotContain("webhook");
    }

    @Test
    void aCourseThatTheClocksDoNotTellIsLeftOut() {
        RunRecord warming = Runs.ordinary().stillWarming().run();
        assertThat(Course.of(warming)).isNotEmpty();
        assertThat(Course.finding(warming)).isNotEmpty();
        RunRecord across = TwoClocks.took(warming, 0.1);
        assertThat(Course.of(across)).isEmpty();
        assertThat(Course.finding(across)).isEmpty();
        RunRecord close = TwoClocks.took(warming, 0.01);
        assertThat(Course.of(close)).isEqualTo(Course.of(warming));
    }
}
