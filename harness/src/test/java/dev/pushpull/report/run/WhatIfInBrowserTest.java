package dev.pushpull.report.run;

import static dev.pushpull.report.run.PredictedRuns.predicted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Runs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The sliders of the what-if section, and what they draw. */
class WhatIfInBrowserTest extends Browser {
    private final String html = HtmlReport.render(predicted(Runs.ordinary().run()), List.of());

    @Test
    void slidersStartAtTheRunAndRedrawTheCurves() throws IOException {
        share(html);

        assertThat(cell("latency_mean_ms", 1)).isEqualTo("253 ms");
        assertThat(cell("requests_per_delivery", 1)).isEqualTo("2");
        assertThat(cell("wasted_ratio", 1)).isEqualTo("60.7 %");
        assertThat(find("#what-if-crossover").getText()).contains("from an interval of 1 s on");
        assertThat(find("tr[data-column=monthly_bill]").isDisplayed()).isFalse();
        Object before = picture();
        find("#what-if-interval_s").sendKeys(Keys.HOME);

        assertThat(cell("latency_mean_ms", 1)).isEqualTo("8 ms");
        assertThat(find("#what-if-interval_s").getAttribute("aria-valuetext")).isEqualTo("10 ms");
        assertThat(picture()).isNotEqualTo(before);
        find("#what-if-price").sendKeys("0.4");
        assertThat(cell("monthly_bill", 2)).isEqualTo("20.74");
        find("#what-if-reset").click();
        assertThat(cell("latency_mean_ms", 1)).isEqualTo("253 ms");
        assertQuiet();
    }

    @Test
    void failuresAndRetriesMoveTheWebhooks() throws IOException {
        share(html);
        find("#what-if-failure_rate").sendKeys(Keys.END);

        assertThat(find("#what-if-failure_rate").getAttribute("aria-valuetext")).isEqualTo("90 %");
        assertThat(cell("requests_per_delivery", 2)).isEqualTo("10");
        find("#what-if-attempts").sendKeys(Keys.HOME);
        assertThat(cell("latency_p99_ms", 2)).isEqualTo("–");
        find("#what-if-reset").click();
    }

    @Test
    void whatIsLostIsSaidInRedAndHasNoBill() throws IOException {
        share(html);
        find("#what-if-price").sendKeys("0.4");
        assertThat(find("tr[data-column=lost_ratio]").isDisplayed()).isFalse();
        find("#what-if-interval_s").sendKeys(Keys.END); // a day, and only the newest 10,000 events are kept

        assertThat(find("tr[data-column=lost_ratio]").isDisplayed()).isTrue();
        assertThat(cell("lost_ratio", 0)).isEqualTo("events lost");
        assertThat(cell("lost_ratio", 1)).isEqualTo("88.4 %");
        assertThat(cell("lost_ratio", 2)).isEqualTo("0 %");
        assertThat(cell("monthly_bill", 1)).isEqualTo("– (events are lost)");
        assertThat(cell("monthly_bill", 2)).isEqualTo("20.74");
        assertThat(cell("requests_per_month", 2)).isEqualTo("51,840,000");
        WebElement lost = all("tr[data-column=lost_ratio] > *").get(1);
        assertThat(lost.getCssValue("color"))
                .isNotEqualTo(all("tr[data-column=lost_ratio] > *").get(2).getCssValue("color"));

        find("#what-if-reset").click();
        script("const f = document.getElementById('what-if-failure_rate'); f.value = 0.5;"
                + "f.dispatchEvent(new Event('input', {bubbles: true}))");
        find("#what-if-attempts").sendKeys(Keys.HOME);
        assertThat(cell("lost_ratio", 2)).isEqualTo("50 %");
        assertThat(cell("lost_ratio", 1)).isEqualTo("0 %");
        find("#what-if-reset").click();
        assertQuiet();
    }

    @Test
    void atTheEndsOfTheSlidersNoFigureContradictsAnother() throws IOException {
        share(html);
        find("#what-if-price").sendKeys("0.4");
        List<String> sliders = List.of("rate", "interval_s", "consumers", "payload", "failure_rate", "attempts");
        List<?> everywhere = (List<?>) script(AT_THE_ENDS, sliders);
        find("#what-if-reset").click();
        assertThat(everywhere).hasSize(1 << sliders.size());
        for (int ends = 0; ends < everywhere.size(); ends++) {
            Map<?, ?> said = (Map<?, ?>) everywhere.get(ends);
            String where = "sliders " + Integer.toBinaryString(ends);
            assertThat((String) said.get("all")).as(where).doesNotContain("NaN", "Infinity", "undefined");
            double events = 2_592_000
                    * ((Number) said.get("rate")).doubleValue()
                    * ((Number) said.get("consumers")).doubleValue();
            for (int mode = 1; mode <= 2; mode++) {
                String lostText = said(said, "lost_ratio", mode);
                double lost = lostText.isEmpty() ? 0 : number(lostText) / 100; // a hidden row has no text
                double requests = number(said(said, "requests_per_month", mode));
                String bill = said(said, "monthly_bill", mode);
                assertThat(((String) said.get("crossover")).contains(mode == 1 ? "polling loses" : "webhooks lose"))
                        .as(where + ": losses beside the crossover")
                        .isEqualTo(lost > 1e-6);
                if (lost >= 0.0011) {
                    assertThat(bill).as(where).isEqualTo("– (events are lost)");
                } else if (lost > 0.00001) {
                    assertThat(bill).as(where).endsWith(" lost)");
                } else {
                    assertThat(number(bill))
                            .as(where)
                            .isCloseTo(requests * 0.4e-6, within(0.01 + 0.005 * requests * 0.4e-6));
                }
                assertThat(requests / number(said(said, "requests_per_delivery", mode)))
                        .as(where + ": deliveries a month of mode " + mode)
                        .isCloseTo(events * (1 - lost), within(0.011 * events + 0.001));
            }
        }
        assertQuiet();
    }

    /**
     * Moves every slider to one end or the other, lets the charts follow, and reads what a reader then sees: one call,
     * since each takes a while.
     */
    private static final String AT_THE_ENDS = """
            const at = name => document.getElementById('what-if-' + name);
            const seen = element => element.checkVisibility() ? element.innerText.trim() : '';
            const cells = column => [...document.querySelectorAll('tr[data-column=' + column + '] > *')].map(seen);
            return (async names => {
              const everywhere = [];
              for (let ends = 0; ends < 1 << names.length; ends++) {
                names.forEach((name, i) => {
                  const s = at(name), end = ends & 1 << i ? s.max : s.min;
                  if (s.value === end) return;
                  s.value = end;
                  s.dispatchEvent(new Event('input', {bubbles: true}));
                });
                await null;
                const said = { all: seen(at('section')), crossover: seen(at('crossover')),
                  rate: Math.pow(10, at('rate').value), consumers: Math.pow(10, at('consumers').value) };
                for (const column of ['lost_ratio', 'requests_per_month', 'monthly_bill', 'requests_per_delivery'])
                  said[column] = cells(column);
                everywhere.push(said);
              }
              return everywhere;
            })(arguments[0]);""";

    private static String said(Map<?, ?> said, String column, int index) {
        return (String) ((List<?>) said.get(column)).get(index);
    }

    /** The start of a cell's text. */
    private static double number(String text) {
        return Double.parseDouble(text.replace(",", "").split(" ")[0]);
    }

    @Test
    @Order(ALONE)
    void axesOfTimeHaveMarksThatPeopleWouldPutThere() throws IOException {
        open(HtmlReport.render(
                predicted(Runs.ordinary()
                        .intervalMillis(600_000)
                        .seconds(3_600)
                        .rate(0.01)
                        .run()),
                List.of()));
        List<?> drawn = (List<?>) script(SPY);

        assertThat(drawn).extracting(Object::toString).contains("1 min", "10 min", "1 h", "1 d", "10 s");
        assertThat(drawn)
                .extracting(Object::toString)
                .filteredOn(
                        text -> text.matches("[^=]* (s|min|h|d)") && !text.equals("5 min")) // the present point's own
                .allMatch(text -> text.matches("(1|10|100) (s|min|h|d)"));
        assertThat((List<?>) script(CLIPPED))
                .as("labels that begin left of their canvas")
                .isEmpty();
    }

    /** The text drawn on the latency canvas when it is redrawn, and how much of it starts outside. */
    private static final String LABELS = """
            const proto = CanvasRenderingContext2D.prototype, real = proto.fillText, seen = [];
            proto.fillText = function (text, x, y) {
              const m = this.getTransform(), p = new DOMPoint(x, y).matrixTransform(m);
              const wide = this.measureText(text).width * Math.hypot(m.a, m.b);
              const left = p.x - (this.textAlign === 'right' ? wide : this.textAlign === 'center' ? wide / 2 : 0);
              seen.push([text, left]);
              return real.apply(this, arguments);
            };
            const input = document.getElementById('what-if-rate');
            input.dispatchEvent(new Event('input', {bubbles: true}));
            return new Promise(done => setTimeout(() => { proto.fillText = real; done(%s); }, 200));""";

    private static final String SPY = LABELS.formatted("seen.map(one => one[0])");
    private static final String CLIPPED = LABELS.formatted("seen.filter(one => one[1] < 0).map(one => one[0])");

    @Test
    @Order(ALONE)
    void whatWasChosenIsInTheAddressAndSurvivesAReload() throws IOException {
        open(html);
        String start = driver().getCurrentUrl();
        String before = find("#what-if-section table").getText();
        find("#what-if-interval_s").sendKeys(Keys.HOME);
        find("#what-if-price").sendKeys("0.4");
        find("#what-if-fixed_webhook").sendKeys("25");
        find("#what-if-currency").sendKeys("eur");
        await("location.hash.endsWith('currency:EUR')");
        String chosen = find("#what-if-section table").getText();
        String address = driver().getCurrentUrl();

        assertThat(address).isEqualTo(start + "#whatif=interval_s:0.01,price:0.4,fixed_webhook:25,currency:EUR");
        assertThat(chosen).contains("total a month").isNotEqualTo(before);
        driver().navigate().refresh();
        assertThat(find("#what-if-section table").getText()).isEqualTo(chosen);
        assertThat(find("#what-if-interval_s").getAttribute("aria-valuetext")).isEqualTo("10 ms");
        assertThat(find("#what-if-currency").getAttribute("value")).isEqualTo("EUR");
        assertThat(cell("monthly_total", 1)).isEqualTo("2,073.60 EUR");
        assertThat(cell("monthly_total", 2)).isEqualTo("45.74 EUR");
        find("#what-if-reset").click();
        await("location.hash === ''");
        assertThat(driver().getCurrentUrl()).isEqualTo(start);
        assertThat(find("#what-if-section table").getText()).isEqualTo(before);

        assertThat((List<?>) script(MALFORMED))
                .as("addresses that are taken although something in them is not as it should be")
                .isEmpty();
        driver().get("about:blank");
        driver().get(start + "#whatif=interval_s:0.01,rate:many");
        assertThat(find("#what-if-section table").getText()).isEqualTo(before);
        assertQuiet();
    }

    private static final String MALFORMED = """
            const fields = {rate: {least: 1e-5, most: 100}, consumers: {least: 1, most: 1e6, whole: true},
                price: {least: 0, most: 1e12, optional: true}, currency: {currency: true, optional: true}};
            return ["#whatif", "#whatif=", "#whatif=rate", "#whatif=rate:", "#whatif=rate:x", "#whatif=rate:-1",
                "#whatif=rate:1e9", "#whatif=rate:0x10", "#whatif=rate:Infinity", "#whatif=rate:none",
                "#whatif=rate:1,rate:2", "#whatif=rate:1,", "#whatif=consumers:1.5", "#whatif=price:-1",
                "#whatif=currency:euro", "#whatif=currency:XYZ", "#whatif=__proto__:1", "#whatif=constructor:1", "#whatif=%E0%A4%A",
                "#whatif=<script>", "#latency", ""]
              .filter(hash => pushpullAddress.read(hash, fields) !== null);""";

    @Test
    @Order(ALONE)
    void fitsAPhoneInTheDarkAndIsAccessible() throws IOException {
        window(375, 800);
        prefer("prefers-color-scheme", "dark");
        open(html);

        assertNoSidewaysScroll();
        assertAccessible();
        assertThat(paintedPixels(find("#what-if-requests canvas"))).isGreaterThan(1_000);
        assertThat(paintedPixels(find("#what-if-latency canvas"))).isGreaterThan(1_000);
        assertThat(colouredPixels(find("#what-if-latency canvas")))
                .as("the modes' colours")
                .isGreaterThan(500);
    }

    private String cell(String column, int index) {
        return cell("data-column", column, index);
    }

    private Object picture() {
        return script("return document.querySelector('#what-if-latency canvas').toDataURL()");
    }
}
