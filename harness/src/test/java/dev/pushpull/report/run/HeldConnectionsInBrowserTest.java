package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.HeldRuns;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Held connections as readers see them: an open line that breaks and comes back, and how many there were over time. */
class HeldConnectionsInBrowserTest extends Browser {
    private final String line = html("line");

    private static String html(String... modes) {
        RunRecord run = HeldRuns.of(
                Runs.ordinary().seconds(10).consumers(1).modes(modes).run());
        return HtmlReport.render(run, HeldRuns.journal(run));
    }

    @Test
    @Order(1)
    void anOpenLineBreaksAndComesBack() throws IOException {
        share(line);

        assertQuiet();
        assertThat(all("section .legend li"))
                .extracting(each -> each.getText())
                .contains("an open line that breaks and comes back");
        // the row of marks is painted in the mode's colour while the line is open, and not while it is broken
        assertThat(painted(1_100_000)).isTrue();
        assertThat(painted(2_600_000)).isFalse();
        assertThat(painted(3_600_000)).isTrue();
    }

    /** Whether the strip's row of marks is painted at this time, in microseconds. */
    private boolean painted(long micros) {
        return (Boolean) script("""
                const canvas = document.querySelector('#strip-chart canvas'), ratio = devicePixelRatio;
                const x = 14 + arguments[0] / pushpull.data.strip.first_micros * (canvas.clientWidth - 28);
                const at = canvas.getContext('2d').getImageData(Math.round(x * ratio), Math.round((88 + 2) * ratio), 1, 1).data;
                return at[3] > 0;""", micros);
    }

    @Test
    @Order(2)
    void theWayOfAnEventTellsOfTheLineItCameOver() throws IOException {
        share(line);
        find("#strip-chart").sendKeys(Keys.ARROW_RIGHT);

        assertThat(find("#strip-chart .tip").getText()).contains("came over the connection that had been open for");
    }

    @Test
    void howManyWereHeldOverTimeIsAChartWithAFindingAsItsTitle() throws IOException {
        share(html("polling", "webhook", "line"));

        assertLinesLabelled("held");
        assertChartTextsReadable();
        assertThat(paintedPixels(find("#held canvas"))).isGreaterThan(500);
        assertThat(find("figure:has(#held) h3").getText()).isEqualTo("Connections held open: lines 0 to 1");
        assertThat(find(".scroll[aria-labelledby=missing]").getText()).contains("not connected and not replayed");
        assertReadableEverywhere();
    }
}
