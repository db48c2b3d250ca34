package dev.pushpull.report.observe;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Downloads;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was observed at a system of others, as its readers see it. */
class ObservePageInBrowserTest extends Browser {
    @Test
    void isReadByEveryoneEverywhere() throws IOException {
        open(ObserveResults.html(
                ObserveResultsTest.record(1_204, 3, Map.of("p50", 2_410.0, "mean", 2_500.0)), Downloads.of(Map.of())));

        assertQuiet();
        assertReadableEverywhere(this::assertChartTextsReadable);
    }
}
