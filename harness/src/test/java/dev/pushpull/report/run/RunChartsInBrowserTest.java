package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.Actions;

/** The charts of a run in which every mode took part and one that nobody knows, as its readers see them. */
class RunChartsInBrowserTest extends Browser {
    private static final String[] CURVES = {"spectrum", "cdf", "waste", "load"};

    private String html;

    @BeforeAll
    void render() {
        RunRecord run = Runs.ordinary()
                .modes(
                        "polling",
                        "webhook",
                        "long-polling",
                        "adaptive-polling",
                        "hybrid",
                        "conditional-polling",
                        "unknown")
                .stillWarming()
                .faults(Scenario.Faults.NONE.withOutages(List.of(new Outage(1_000_000_000, 2_000_000_000))))
                .run();
        html = HtmlReport.render(run, Journals.of(run));
    }

    private void openDrawn() throws IOException {
        open(html);
        await("document.documentElement.dataset.drawn !== undefined");
    }

    @Test
    @Order(ALONE - 1)
    void itsChartsCanBeReadAtAnySizeAndInAnyColours() throws IOException {
        share(html);
        assertChartTextsReadable();
        assertLinesLabelled(CURVES);
        find("#theme").click();
        assertLinesLabelled(CURVES);

        window(375, 800);
        assertNoSidewaysScroll();
        assertChartTextsReadable();
        assertLinesLabelled(CURVES);

        zoom(200);
        openDrawn();
        assertNoSidewaysScroll();
        assertChartTextsReadable();
        assertLinesLabelled(CURVES);
    }

    @Test
    void modesByThemselvesStandInATableThatIsSeenWhole() throws IOException {
        share(html);
        assertThat(all(".each tbody")).hasSize(5);
        assertThat(
                        (Boolean)
                                script(
                                        "const t = document.querySelector('.each'); return t.offsetWidth <= t.parentElement.clientWidth"))
                .as("no column beyond the edge")
                .isTrue();
        window(375, 800);
        assertThat((Boolean) script("""
                return [...document.querySelectorAll('.each .figure')].every(figure => {
                    const box = figure.getBoundingClientRect();
                    return box.left >= 0 && box.right <= innerWidth;
                });"""))
                .as("no figure beyond the edge of a telephone")
                .isTrue();
    }

    @Test
    void aLineAndItsLabelHaveTheColourAndTheDashesOfTheMode() throws IOException {
        share(html);

        assertThat((List<?>) script("""
                const keys = [...document.querySelectorAll('#spectrum .u-marker path')];
                return keys.map(key => key.getAttribute('stroke-dasharray') + ' ' + key.getAttribute('stroke-width'));"""))
                .as("measured, expected and grey lines")
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates();
        assertThat((List<?>) script("""
                const host = document.getElementById('spectrum');
                return host.labels.filter(label => host.chart.series[label.series].width > 2
                  && label.ink !== host.chart.series[label.series].stroke()).map(label => label.series);"""))
                .as("labels in another colour than their line's")
                .isEmpty();
    }

    @Test
    void theAxisOfPercentilesSaysWhatItIsAndEndsADecadeBeyondTheLastQuantile() throws IOException {
        share(html);

        assertThat((List<?>) script("return document.querySelector('#spectrum canvas').texts.map(t => t.text)"))
                .anyMatch(text -> text.toString().contains("logarithmic in 1 − p"));
        assertThat((Boolean) script("""
                const last = Math.max(...pushpull.data.spectrum.filter(curve => curve.kind === 'measured')
                  .map(curve => curve.x[curve.x.length - 1]));
                return Math.abs(document.getElementById('spectrum').chart.scales.x.max / last - 10) < 0.01;""")).isTrue();
    }

    @Test
    void everyTimeAxisSaysWhenConsumersWereDown() throws IOException {
        share(html);
        String axes = "[...document.querySelectorAll('#timelines .chart, #courses .chart, #strip-chart')]";
        assertThat((List<?>) script("return " + axes + ".map(chart => chart.id)"))
                .hasSizeGreaterThan(4);
        assertThat(
                        (List<?>)
                                script(
                                        "return " + axes
                                                + ".filter(chart => ![...chart.querySelectorAll('canvas')].some("
                                                + "canvas => canvas.texts.some(text => text.text === 'down'))).map(chart => chart.textContent)"))
                .as("charts over time that do not say it")
                .isEmpty();
        assertChartTextsReadable();
    }

    @Test
    void printsItsFillsAndNoHeadingWithoutWhatItHeads() throws IOException {
        share(html);
        print();

        assertChartTextsReadable();
        assertThat((List<?>) script("""
                return [...document.querySelectorAll('main :is(h2, h3, h4)')].filter(heading =>
                  heading.getClientRects().length && heading.parentElement.tagName !== 'SUMMARY'
                  && !(heading.nextElementSibling && heading.nextElementSibling.getClientRects().length))
                  .map(heading => heading.textContent);""")).as("headings of nothing").isEmpty();
        assertThat(find(".track span").getCssValue("print-color-adjust")).isEqualTo("exact");
        assertThat(find("h2").getCssValue("break-after")).isEqualTo("avoid");
        assertThat(all("details:not([open]) > summary"))
                .as("what is folded says on paper what it holds")
                .isNotEmpty()
                .allSatisfy(summary -> assertThat(summary.isDisplayed()).isTrue());
        script("window.dispatchEvent(new Event('afterprint'))");
    }

    @Test
    void aLegendThatRepeatsTheLabelsWaitsUntilSomebodyReadsValues() throws IOException {
        share(html);
        assertThat(find("#spectrum .u-legend").isDisplayed()).isFalse();
        assertThat(find("#waste .u-legend").isDisplayed()).as("it has values").isTrue();

        new Actions(driver()).moveToElement(find("#spectrum .u-over")).perform();
        assertThat(find("#spectrum .u-legend").isDisplayed()).isTrue();
        find("#spectrum .u-legend .u-series:nth-child(2) .u-label").click();
        new Actions(driver()).moveToElement(find("h1")).perform();
        assertThat(find("#spectrum .u-legend").isDisplayed())
                .as("where a line is switched off")
                .isTrue();
        find("#spectrum .u-legend .u-series:nth-child(2) .u-label").click();
    }

    /** A bound in work, which is the same on a busy machine: nothing is put off, and nothing is done twice. */
    @Test
    @Order(2)
    void everyChartIsDrawnOnceAndAtOnceWhenThePageOpens() throws IOException {
        share(html);
        driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));""");

        assertThat((Boolean) script("return window.drawnInTime"))
                .as("when the page had been read")
                .isTrue();
        assertThat((List<?>) script("return [...document.querySelectorAll('.uplot canvas')].map(c => c.drawings)"))
                .hasSizeGreaterThan(10)
                .allSatisfy(drawings -> assertThat(drawings).isEqualTo(1L));
    }

    /** The same of layout: charts are measured together, and colours are asked for once, however many charts there are. */
    @Test
    @Order(1)
    void openingAPageOfManyChartsLaysItOutAFewTimes() throws IOException {
        driver().executeCdpCommand("Performance.enable", Map.of());
        try {
            share(html);
            Map<String, Double> work = work();

            assertThat(html).contains("<script>//# allFunctionsCalledOnLoad\n");
            assertThat(all("canvas")).hasSizeGreaterThan(18);
            assertThat(work.get("LayoutCount")).isLessThan(10);
            assertThat(work.get("RecalcStyleCount")).isLessThan(60);
        } finally {
            driver().executeCdpCommand("Performance.disable", Map.of());
        }
    }

    private Map<String, Double> work() {
        Map<String, Double> work = new HashMap<>();
        List<?> metrics = (List<?>)
                driver().executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
        metrics.forEach(metric -> work.put(
                (String) ((Map<?, ?>) metric).get("name"), ((Number) ((Map<?, ?>) metric).get("value")).doubleValue()));
        return work;
    }

    @Test
    @Order(ALONE)
    void twoModesWithTheSameLatenciesAreBothSeen() throws IOException {
        RunRecord run = Runs.ordinary().modes("conditional-polling", "polling").run();
        open(HtmlReport.render(run, Journals.of(run)));
        await("document.documentElement.dataset.drawn !== undefined");

        assertThat((List<?>) script("""
                const host = document.getElementById('spectrum'), canvas = host.querySelector('canvas');
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                return pushpull.data.spectrum.filter(curve => curve.kind === 'measured').map(curve => {
                  const [r, g, b] = pushpull.colour('m' + curve.colour).match(/\\d+/g).map(Number);
                  let seen = 0;
                  for (let i = 0; i < data.length; i += 4)
                    if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 30) seen++;
                  return seen;
                });"""))
                .as("pixels of each mode's colour, more than a label has")
                .hasSize(2)
                .allSatisfy(pixels -> assertThat((Long) pixels).isGreaterThan(500));
    }
}
