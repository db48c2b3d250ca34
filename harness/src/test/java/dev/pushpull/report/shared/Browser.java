package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/** A test that looks at a page in a browser: what a page must fulfil. */
public abstract class Browser extends BrowserWindow {
    private static final String AXE = Resources.webjar("axe-core", "axe.min.js");

    /** Nothing was logged, and only the page itself was loaded. */
    protected void assertQuiet() {
        assertThat(driver().manage().logs().get(LogType.BROWSER).getAll())
                .as("console")
                .isEmpty();
        assertThat(driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                        .map(entry -> entry.getMessage())
                        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                        .filter(message -> !message.contains("\"url\":\"data:"))
                        .filter(message -> !message.contains("\"documentURL\":\"file:")
                                || !message.contains("\"type\":\"Document\"")))
                .as("requests that leave the page")
                .isEmpty();
    }

    /** How many pixels of a canvas are painted in its current state. */
    protected long paintedPixels(WebElement canvas) {
        return (Long) script("""
                const c = arguments[0], d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                let painted = 0;
                for (let i = 3; i < d.length; i += 4) if (d[i]) painted++;
                return painted;""", canvas);
    }

    /** How many pixels of a canvas are coloured rather than grey. */
    protected long colouredPixels(WebElement canvas) {
        return (Long) script("""
                const c = arguments[0], d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                let coloured = 0;
                for (let i = 0; i < d.length; i += 4) {
                    if (d[i + 3] > 200 && Math.max(d[i], d[i+1], d[i+2]) - Math.min(d[i], d[i+1], d[i+2]) > 60) coloured++;
                }
                return coloured;""", canvas);
    }

    /** The page can be read without scrolling sideways, once its charts have followed the window. */
    protected void assertNoSidewaysScroll() {
        await("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    /**
     * The page can be read by everyone, everywhere: light and dark, on a phone, at twice the size, and printed. All of
     * this in one load.
     */
    protected void assertReadableEverywhere() {
        assertReadable();
        window(375, 800);
        assertReadableInOtherSizes();
    }

    /** The same, and something else of a wide page, one of middle width, and a phone's. */
    protected void assertReadableEverywhere(Runnable more) {
        more.run();
        assertReadable();
        for (int width : new int[] {600, 375}) {
            window(width, 800);
            assertNoSidewaysScroll();
            more.run();
        }
        assertReadableInOtherSizes();
    }

    private void assertReadable() {
        assertFramed();
        assertAccessible();
        prefer("prefers-color-scheme", "dark");
        assertColoursAccessible();
    }

    private void assertReadableInOtherSizes() {
        assertNoSidewaysScroll();
        assertStackedTablesWhole();
        zoom(200);
        assertNoSidewaysScroll();
        assertPrintsWell();
    }

    /** On a telephone nothing of a table whose cells stand below each other is out of sight, and each cell says what it is. */
    private void assertStackedTablesWhole() {
        assertThat(script("""
                const found = [];
                document.querySelectorAll('details.long').forEach(e => { e.open = true; });
                document.querySelectorAll('table.stacked').forEach(table => {
                    const region = table.closest('.scroll');
                    if (region.scrollWidth > region.clientWidth) found.push('cut off: ' + table.className);
                    if (table.getAttribute('role') !== 'table') found.push('no table any more: ' + table.className);
                    table.querySelectorAll('tbody td').forEach(e => {
                        if (!e.dataset.head || getComputedStyle(e).display === 'table-cell') found.push('nameless: ' + e.outerHTML.slice(0, 80));
                    });
                });
                return found;""")).as("tables on a telephone").isEqualTo(List.of());
    }

    /** It has the head that all pages have, which leads to each section. */
    private void assertFramed() {
        assertThat(all("body > .skip, body > .topbar #all-runs, body > .topbar #summary, body > .topbar #theme"))
                .as("the head")
                .hasSize(4);
        assertThat(all("main .tools button, #theme, .itself"))
                .as("what can be taken along")
                .isNotEmpty();
        assertThat(script("return [...document.querySelectorAll('.chart > .tools')]"
                        + ".filter(tools => tools.nextElementSibling).map(tools => tools.parentElement.innerText)"))
                .as("charts below the buttons that save them")
                .isEqualTo(List.of());
        assertThat(script("return [...document.querySelectorAll('#contents a')].map(a => a.hash.slice(1))"))
                .as("the way to each section")
                .isEqualTo(script("return [...document.querySelectorAll('main section > h2[id]')]"
                        + ".filter(h => !h.closest('[hidden]')).map(h => h.id)"));
        assertThat(script("""
                return [...document.querySelectorAll('main :is(h2, h3)[id]')]
                    .filter(h => !h.querySelector('a.itself[href="#' + h.id + '"]')).map(h => h.id)""")).as("headings that do not lead to themselves").isEqualTo(List.of());
        assertThat(script("""
                const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
                return ids.filter((id, i) => ids.indexOf(id) < i)""")).as("ids given twice").isEqualTo(List.of());
        assertThat(all("[tabindex]:not([tabindex='0'], [tabindex='-1'])"))
                .as("what the keyboard reaches out of the order of reading")
                .isEmpty();
    }

    /** On paper: no buttons, bars with their fill, headings with what they head, no section without content. */
    private void assertPrintsWell() {
        window(955, 900); // a sheet of A4, which browsers lay out a third wider and then reduce
        onPaper();
        assertThat(script("""
                const seen = e => e.getClientRects().length > 0;
                const found = [];
                document.querySelectorAll('button, .skip, .topbar, .tools').forEach(e => {
                    if (seen(e)) found.push('printed: ' + e.outerHTML.slice(0, 80));
                });
                document.querySelectorAll('main section').forEach(e => {
                    const told = [...e.children].filter(c => seen(c) && !/^H[1-6]$/.test(c.tagName)
                        && (c.innerText.trim() || c.querySelector('canvas, svg')));
                    if (seen(e) && !told.length) found.push('empty: ' + e.outerHTML.slice(0, 80));
                });
                document.querySelectorAll('main :is(h2, h3, h4)').forEach(e => {
                    const style = getComputedStyle(e), torn = seen(e) && /^inline/.test(style.display) && e.parentElement.tagName !== 'SUMMARY';
                    if (style.breakAfter !== 'avoid' || torn) found.push('alone: ' + e.outerHTML.slice(0, 80));
                });
                document.querySelectorAll('main table > thead').forEach(e => {
                    const body = e.parentElement.tBodies[0], rows = e.parentElement.rows.length;
                    if (getComputedStyle(e).breakAfter !== 'avoid') found.push('alone: ' + e.outerHTML.slice(0, 80));
                    if (body && rows > 12 && e.parentElement.tBodies.length < 2 && getComputedStyle(body).breakInside !== 'auto')
                        found.push('never on two pages: ' + e.outerHTML.slice(0, 80));
                });
                document.querySelectorAll('main :is(th, td)').forEach(e => {
                    if (getComputedStyle(e).overflowWrap === 'anywhere') found.push('words in pieces: ' + e.outerHTML.slice(0, 80));
                });
                document.querySelectorAll('figure:has(.chart + .chart)').forEach(e => {
                    if (getComputedStyle(e).breakInside !== 'auto') found.push('never on two pages: ' + e.innerText.slice(0, 80));
                });
                document.querySelectorAll('.facts').forEach(e => {
                    if (getComputedStyle(e).breakInside !== 'avoid') found.push('torn: ' + e.innerText.slice(0, 80));
                });
                document.querySelectorAll('.uplot').forEach(e => {
                    if (getComputedStyle(e, '::after').content !== 'none') found.push('points at paper: ' + e.parentElement.id);
                });
                document.querySelectorAll('.highlight .mode').forEach(e => {
                    if (getComputedStyle(e).overflowWrap !== 'normal') found.push('in pieces: ' + e.textContent);
                });
                document.querySelectorAll('.track span, .bar rect, .badge').forEach(e => {
                    if (getComputedStyle(e).printColorAdjust !== 'exact') found.push('bare: ' + e.outerHTML.slice(0, 80));
                });
                return found;"""))
                .as("what does not belong on paper, or is missing there")
                .isEqualTo(List.of());
        assertNoSidewaysScroll();
        prefer("prefers-color-scheme", "light");
    }

    /** No text in a chart is cut off or covers another, once the charts have followed the window. */
    protected void assertChartTextsReadable() {
        driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));""");
        assertThat((List<?>) script(CanvasTexts.PROBLEMS)).as("texts in charts").isEmpty();
    }

    /** Every line and point of these charts has its label. */
    protected void assertLinesLabelled(String... ids) {
        assertThat((List<?>) script(CanvasTexts.UNLABELLED, List.of(ids)))
                .as("lines without a label")
                .isEmpty();
    }

    /** axe-core finds nothing serious or critical. */
    protected void assertAccessible() {
        if ((Boolean) script("return window.axe === undefined")) {
            // copying the HTML of every element, and asking each of its ancestors whether it scrolls, takes long
            script(AXE + ";axe.configure({noHtml: true}); document.documentElement.style.overflow = 'auto';");
        }
        assertAxeFindsNothing(Map.of(
                "resultTypes", List.of("violations"),
                "rules", Map.of("region", Map.of("enabled", false)))); // takes long, and finds what is moderate
    }

    /** The same of what another theme can change in a page where it found nothing. */
    private void assertColoursAccessible() {
        assertAxeFindsNothing(Map.of(
                "resultTypes", List.of("violations"),
                "runOnly", List.of("cat.color"),
                "rules", Map.of("color-contrast-enhanced", Map.of("enabled", false)))); // off unless it is asked for
    }

    private void assertAxeFindsNothing(Map<String, ?> options) {
        Object violations = driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const html = node => document.querySelector(node.target[0]).outerHTML.slice(0, 160);
                axe.run(document, arguments[0]).then(
                    r => done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                        .map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => html(n) + ' '
                            + n.failureSummary).join(' | '))),
                    e => done([String(e)]));""", options);
        assertThat((List<?>) violations).as("axe-core's findings").isEmpty();
    }
}
