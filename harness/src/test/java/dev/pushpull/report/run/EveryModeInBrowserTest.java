package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.EveryMode;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.Actions;

/** The page of a run in which every mode that there is took part. */
class EveryModeInBrowserTest extends Browser {
    private String html;

    @BeforeAll
    void render() {
        RunRecord run = EveryMode.in(Runs.ordinary()).stillWarming().run();
        html = HtmlReport.render(run, Journals.of(run));
    }

    @Test
    void hasEveryModeInItsTable() throws IOException {
        share(html);
        assertThat(all(".each tbody")).hasSize(DeliveryModes.all().size() - 2).hasSizeGreaterThan(7);
    }

    @Test
    @Order(1)
    void isReadByEveryoneEverywhereWithNoFigureBeyondAnEdge() throws IOException {
        share(html);
        assertQuiet();
        assertReadableEverywhere(() -> {
            assertNoSidewaysScroll();
            assertThat((List<?>) script("""
                    return [...document.querySelectorAll('.each .figure, .each .mode')].filter(part => {
                        const box = part.getBoundingClientRect();
                        return box.left < 0 || box.right > innerWidth;
                    }).map(part => part.innerText);""")).as("beyond the edge").isEmpty();
            assertChartTextsReadable();
            assertLinesLabelled("spectrum", "cdf", "waste", "load");
        });
    }

    @Test
    void aLegendThatWaitsTakesNoRoom() throws IOException {
        share(html);
        String free =
                "const host = document.getElementById('spectrum').closest('figure'), canvas = host.querySelector('canvas');"
                        + "return host.querySelector('figcaption').getBoundingClientRect().top - canvas.getBoundingClientRect().bottom";
        assertThat(((Number) script(free)).doubleValue()).isBetween(0.0, 140.0);

        new Actions(driver()).moveToElement(find("#spectrum .u-over")).perform();
        assertThat(find("#spectrum .u-legend").isDisplayed()).isTrue();
        assertThat((Boolean) script("""
                const legend = document.querySelector('#spectrum .u-legend').getBoundingClientRect();
                const canvas = document.querySelector('#spectrum canvas').getBoundingClientRect();
                return legend.top >= canvas.bottom - 1 && legend.left >= 0 && legend.right <= innerWidth;""")).isTrue();
    }
}
