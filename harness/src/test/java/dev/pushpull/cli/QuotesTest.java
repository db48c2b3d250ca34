package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How documents quote the reference runs. */
class QuotesTest {
    private static final Quotes QUOTES = new Quotes(Path.of("../results/reference"));
    private static final String MEAN = "<!-- compare: webhook latency_mean_ms -->";

    @Test
    void aFigureThatTheRunDoesNotSayIsReplaced() {
        String page = "Webhooks are 999 ms" + MEAN + " late.";

        assertThat(QUOTES.filledIn(page)).isNotEqualTo(page).endsWith(MEAN + " late.");
    }

    @Test
    void aPageThatIsFilledInStaysAsItIs() {
        String page = """
                Here (a machine)<!-- machine of compare --> polling is 1 s<!-- compare: polling latency_mean_ms --> late,
                which is 2<!-- compare says: p50 ... or # times a bare round trip --> of something.

                <!-- figures of modes: wasted_ratio, latency_p50_ms, written by scripts/docs -->
                <!-- end -->

                <!-- table of capacity: path, rate, written by scripts/docs -->
                <!-- end -->

                <!-- terminal of compare: delivered, latency mean, written by scripts/docs -->
                ```
                $ scripts/pushpull compare
                ```
                <!-- end -->
                """;

        String filledIn = QUOTES.filledIn(page);

        assertThat(filledIn)
                .doesNotContain("a machine)")
                .contains("| `polling` |", "| **poll-empty** |", "$ scripts/pushpull compare\nTake ", "\nlatency mean");
        assertThat(QUOTES.filledIn(filledIn)).isEqualTo(filledIn);
    }

    @Test
    void whatNoRunSaysIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> QUOTES.filledIn("1 ms<!-- compare: webhook latency_of_nobody -->"))
                .hasMessageContaining("latency_of_nobody");
        assertThatThrownBy(() -> QUOTES.filledIn("1 ms<!-- compare says: nobody was # late -->"))
                .hasMessageContaining("nobody was # late");
        assertThatThrownBy(() -> QUOTES.filledIn("1 ms<!-- nowhere: webhook latency_mean_ms -->"))
                .hasMessageContaining("nowhere");
    }

    @Test
    void aRelationThatTheRunDoesNotShowIsFound() {
        String holds = "<!-- compare shows: webhook latency_mean_ms < 0.5 × polling latency_mean_ms -->";
        String fails = "<!-- compare shows: polling requests < webhook requests -->";

        assertThat(QUOTES.untrue(holds + fails)).containsExactly(fails);
    }

    @Test
    void aMeasuredFigureNeedsASource() {
        assertThat(UnquotedFigures.in("# Speed\nA webhook takes 208 µs, 15.0 % less.\n"))
                .containsExactly("# Speed: 208 µs", "# Speed: 15.0 %");
        assertThat(List.of(
                        "Webhooks take 208 µs" + MEAN + " (AMD EPYC, 2 cores)<!-- machine of compare -->.",
                        "Every 500 ms.<!-- set: 500 ms, 1 % -->",
                        "```\n0.450 of the polls, 7.321 ms\n```\n45 % of the polls were empty, and one took 7 ms.",
                        "Polled with `--interval 500ms`, with 95 % intervals."))
                .allSatisfy(section -> assertThat(UnquotedFigures.in(section)).isEmpty());
    }

    @Test
    void aSectionWithMeasuredFiguresNamesTheProcessor() {
        assertThat(UnquotedFigures.in("# Speed\nA webhook takes 208 µs" + MEAN + ".\n"))
                .containsExactly("# Speed: quotes a run and does not take its machine from it");
        assertThat(UnquotedFigures.in("# Before\nIt took 5 ms. <!-- measured apart -->\n"))
                .containsExactly("# Before: names no processor");
        assertThat(UnquotedFigures.in("# Before\nIt took 5 ms on an Intel Xeon. <!-- measured apart -->\n"))
                .isEmpty();
    }
}
