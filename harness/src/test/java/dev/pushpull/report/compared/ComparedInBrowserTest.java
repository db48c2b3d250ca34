package dev.pushpull.report.compared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that compares two runs, as its readers see it. */
class ComparedInBrowserTest extends Browser {
    private static final long SECOND_NANOS = 1_000_000_000;

    private static RunRecord down(Outage... outages) {
        return Runs.ordinary()
                .faults(Scenario.Faults.NONE.withOutages(List.of(outages)))
                .run();
    }

    private void openCompared(RunRecord first, RunRecord second) throws IOException {
        Path results = Files.createTempDirectory(folder, "compared");
        ComparedResults.write(Compared.of(results, first, second), results);
        open(Files.readString(results.resolve("compared.html")));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    private List<String> downs() {
        List<?> texts =
                (List<?>) script("return document.querySelector('#timelines canvas').texts.map(text => text.text)");
        return texts.stream()
                .map(Object::toString)
                .filter(text -> text.contains("down"))
                .toList();
    }

    @Test
    void theTimeAxisSaysWhenWhichRunsConsumersWereDown() throws IOException {
        Outage both = new Outage(SECOND_NANOS, SECOND_NANOS);
        Outage later = new Outage(3 * SECOND_NANOS, SECOND_NANOS);
        openCompared(down(both), down(both, later));

        assertThat(downs()).containsExactly("down", "B down");
        assertThat(find("#timelines ~ figcaption").getText()).endsWith("Consumers were down where it is shaded.");
        assertChartTextsReadable();

        openCompared(down(later), down());
        assertThat(downs()).containsExactly("A down");
    }

    @Test
    void twoRunsAreDrawnOverEachOtherAndWithoutOutagesNothingIsShaded() throws IOException {
        openCompared(down(), Runs.ordinary().intervalMillis(250).run());

        assertQuiet();
        assertThat(downs()).isEmpty();
        assertThat(find("#timelines ~ figcaption").getText()).doesNotContain("shaded");
        assertThat(all("#spectrum .u-series"))
                .as("two modes, two runs, the axis")
                .hasSize(5);
        assertThat(paintedPixels(find("#spectrum canvas"))).isGreaterThan(3_000);
        assertThat(paintedPixels(find("#timelines canvas"))).isGreaterThan(3_000);
        assertThat(colouredPixels(find("#spectrum canvas")))
                .as("the modes' colours")
                .isGreaterThan(1_000);
        assertThat(find("h1").getText()).startsWith("B differs from A only as configured, in ");
        assertAccessible();
        window(375, 800);
        assertNoSidewaysScroll();
    }
}
