package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The report of a run, as its readers see it. */
class RunPageInBrowserTest extends Browser {
    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    private String html;

    @BeforeAll
    void render() {
        RunRecord run = Runs.ordinary()
                .type(MARKUP)
                .modes("polling", "webhook", "long-polling")
                .stillWarming()
                .run();
        html = HtmlReport.render(run, Journals.of(run));
    }

    @Test
    @Order(1)
    void asksForNothingAndComplainsOfNothing() throws IOException {
        share(html);

        assertQuiet();
        assertThat((Long) script("return performance.getEntriesByType('resource').length"))
                .isZero();
        assertThat(all("img")).isEmpty();
    }

    @Test
    void drawsEveryChart() throws IOException {
        share(html);

        for (String chart : new String[] {"strip-chart", "spectrum", "cdf", "waste", "load"}) {
            assertThat(paintedPixels(find("#" + chart + " canvas"))).as(chart).isGreaterThan(3_000);
        }
        assertThat(all("#courses canvas"))
                .hasSize(3)
                .allSatisfy(canvas -> assertThat(paintedPixels(canvas)).isGreaterThan(1_000));
        assertThat(find("#courses h4").getText())
                .isEqualTo(
                        "polling: still warming, the last third is 0.640 (0.610 to 0.680) times as late as the first");
        assertThat(all("#timelines canvas"))
                .hasSize(3)
                .allSatisfy(canvas -> assertThat(paintedPixels(canvas)).isGreaterThan(3_000));
        assertThat(all(".costs .track .full"))
                .hasSize(6)
                .allSatisfy(bar -> assertThat(bar.getSize().getWidth()).isPositive());
    }

    @Test
    void tellsAnEventsWholeWayUnderThePointer() throws IOException {
        share(html);
        WebElement canvas = find("#strip-chart canvas");

        pointAt(canvas, event(0), 42);

        String tip = find("#strip-chart .tip").getText();
        assertThat(tip)
                .contains("Event evt_", "polling", "the poll sent after", "webhook 1 sent after 300 µs, answered 200")
                .contains("600 µs late");
        new Actions(driver()).moveToElement(find("h1")).perform();
        assertThat(find("#strip-chart .tip").isDisplayed()).isFalse();
    }

    @Test
    void followsEventsWithTheKeyboard() throws IOException {
        share(html);
        WebElement strip = find("#strip-chart");

        strip.sendKeys(Keys.ARROW_RIGHT);
        String first = find("#strip-chart .tip-head").getText();
        strip.sendKeys(Keys.ARROW_RIGHT);
        String second = find("#strip-chart .tip-head").getText();
        strip.sendKeys(Keys.ARROW_LEFT);

        assertThat(first).startsWith("Event evt_").isNotEqualTo(second);
        assertThat(find("#strip-chart .tip-head").getText()).isEqualTo(first);
        strip.sendKeys(Keys.ESCAPE);
        assertThat(find("#strip-chart .tip").isDisplayed()).isFalse();
    }

    @Test
    void playsMovesAndZoomsTheStrip() throws IOException {
        share(html);
        assertThat(find("#strip-controls").getText()).contains("Play");
        Object before = picture();

        button("Whole run").click();
        Object whole = picture();
        button("First seconds").click();

        assertThat(whole).isNotEqualTo(before);
        assertThat(picture()).isEqualTo(before);
        find("#strip-chart").sendKeys("+");
        assertThat(picture()).isNotEqualTo(before);
        button("First seconds").click();
    }

    @Test
    void readsAChartUnderThePointer() throws IOException {
        share(html);
        WebElement plot = find("#spectrum .u-over");

        new Actions(driver()).moveToElement(plot, -100, 0).perform();

        await("/^p\\d/.test(document.querySelector('#spectrum .u-value').textContent)");
        assertThat(find("#spectrum .u-legend").getText()).containsPattern("polling\\s*\\d+ ms");
    }

    /** On a telephone, in the dark and without motion: all that is asked of one load. */
    @Test
    @Order(ALONE)
    void isAsItsReaderWantsIt() throws IOException {
        window(375, 800);
        prefer(Map.of("prefers-color-scheme", "dark", "prefers-reduced-motion", "reduce"));
        open(html);
        await("document.documentElement.dataset.drawn !== undefined");

        assertNoSidewaysScroll();
        assertThat(find("#strip-chart canvas").getSize().getWidth()).isBetween(200, 375);
        assertThat(find("#strip-controls").getText()).contains("Whole run").doesNotContain("Play");
        Object dark = picture();
        String page = background();

        find("#theme").click();

        assertThat(background()).isNotEqualTo(page);
        assertThat(picture()).as("the charts follow").isNotEqualTo(dark);
        find("#theme").click();
        assertThat(background()).isEqualTo(page);
    }

    @Test
    void isWalkedThroughByKeyboardInTheOrderInWhichItIsRead() throws IOException {
        share(html);

        assertThat((List<?>) script("""
                const stops = [...document.querySelectorAll('main :is(a[href], button, select, input, summary, [tabindex])')]
                  .filter(stop => stop.tabIndex >= 0 && stop.checkVisibility());
                return stops.filter((stop, i) => stop.tabIndex > 0
                  || i > 0 && stop.getBoundingClientRect().bottom < stops[i - 1].getBoundingClientRect().top)
                  .map(stop => stop.outerHTML.slice(0, 80));""")).as("stops out of order").isEmpty();
        find(".fold summary").sendKeys(Keys.ENTER);
        assertThat(find(".fold").getAttribute("open")).isEqualTo("true");
        find(".fold summary").sendKeys(Keys.ENTER);
    }

    @Test
    void shutsNobodyOut() throws IOException {
        share(html);

        assertReadableEverywhere();
    }

    @Test
    void hasHeadingsInOrder() throws IOException {
        share(html);

        int before = 0;
        for (Object each : (List<?>) script(
                "return [...document.querySelectorAll('h1, h2, h3, h4')].map(h => h.tagName + ' ' + h.textContent)")) {
            String heading = (String) each;
            int level = heading.charAt(1) - '0';
            assertThat(level).as(heading).isLessThanOrEqualTo(before + 1);
            before = level;
        }
        assertThat(before).as("the last heading's level").isPositive();
        assertThat(all("h1")).hasSize(1);
        assertThat(all("table:not(.u-legend) > caption")).hasSameSizeAs(all("table:not(.u-legend)"));
    }

    @Test
    void givesItsFilesAway() throws IOException {
        share(html);

        assertThat(all("#downloads button"))
                .extracting(WebElement::getText)
                .containsExactly(
                        "summary.csv",
                        "timeline.csv",
                        "run.json",
                        "latency-polling.hgrm",
                        "latency-webhook.hgrm",
                        "latency-long-polling.hgrm");
        assertThat(driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                pushpull.file('summary.csv').then(got => got.blob.text()).then(text => done(text.split(',')[0]));""")).isEqualTo("run_id");
    }

    /** Pixels from the canvas's left edge to the n-th event of the shown consumer. */
    private int event(int index) {
        return ((Number) script("""
                const strip = pushpull.data.strip, who = Number(document.querySelector('#strip-controls select').value);
                const at = strip.events.at.filter((t, i) => strip.events.consumer[i] === who).sort((a, b) => a - b);
                const width = document.querySelector('#strip-chart canvas').clientWidth;
                return Math.round(14 + at[arguments[0]] / strip.first_micros * (width - 28));""", index)).intValue();
    }

    private void pointAt(WebElement canvas, int x, int y) {
        new Actions(driver())
                .moveToElement(
                        canvas,
                        x - canvas.getSize().getWidth() / 2,
                        y - canvas.getSize().getHeight() / 2)
                .perform();
    }

    private WebElement button(String text) {
        return find("#strip-controls").findElement(By.xpath("button[text()='" + text + "']"));
    }

    private Object picture() {
        return script("return document.querySelector('#strip-chart canvas').toDataURL()");
    }

    private String background() {
        return (String) script("return getComputedStyle(document.body).backgroundColor");
    }
}
