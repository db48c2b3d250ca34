// Over 300 lines: all that every page is asked, in one load of it.
package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * A test that looks at a page in a headless Chromium; without one, its tests are skipped. One browser serves all tests,
 * each of which begins in a light, wide window.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Browser.Opening.class)
@Tag("live")
public abstract class Browser {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    protected static Path folder;

    private static final int WIDE = 1200;
    private static final int HIGH = 900;

    /** The order of a test that opens a page of its own, beside others that share one: they come first. */
    protected static final int ALONE = Integer.MAX_VALUE;

    private ChromeDriver driver;
    private Object shared;

    /** Opens one browser for all classes of a JVM; it is closed after their last test, and idles between them. */
    static final class Opening implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            Assumptions.assumeTrue(
                    Chromium.isInstalled(), "no chromium and chromedriver on the PATH, so nobody looks at the page");
            Chromium shared = context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Chromium.class, key -> Chromium.started(), Chromium.class);
            ((Browser) context.getRequiredTestInstance()).driver = shared.driver();
        }

        @Override
        public void afterEach(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                ((Browser) context.getRequiredTestInstance()).shared = null; // a test that failed left it anyhow
            }
        }

        @Override
        public void afterAll(ExtensionContext context) {
            ((Browser) context.getRequiredTestInstance()).driver.get("about:blank");
        }
    }

    /**
     * Also forgets a theme that an earlier page was given: all files are one origin. A page that nobody will look at
     * again is left first, for it would be drawn once more.
     */
    @BeforeEach
    void lightAndWide() {
        script("try { localStorage.clear(); } catch (refused) { }");
        if (shared == null) {
            driver.get("about:blank");
        }
        window(WIDE, HIGH);
        prefer("prefers-color-scheme", "light");
    }

    /** Opens a page from a file, as its readers do, and forgets earlier log messages. */
    protected void open(String html) throws IOException {
        Path file = Files.createTempFile(folder, "page", ".html");
        Files.writeString(file, html);
        open(file);
    }

    /** The same of a page that stands where it belongs. */
    protected void open(Path file) {
        shared = null;
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
        driver.get(file.toUri().toString());
    }

    /** The page with its charts, for tests that leave it as it was: it is opened for the first of them only. */
    protected void share(String html) throws IOException {
        if (!html.equals(shared)) {
            open(html);
            shared(html);
        }
    }

    /** The same of a page that stands where it belongs. */
    protected void share(Path file) {
        if (!file.equals(shared)) {
            open(file);
            shared(file);
        }
    }

    private void shared(Object page) {
        await("document.documentElement.dataset.drawn !== undefined");
        shared = page;
    }

    /** The size of the visible area, in CSS pixels: a phone's is 375 wide, narrower than a window can be. */
    protected void window(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** As if the reader had enlarged everything to this many per cent. */
    protected void zoom(int percent) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        WIDE * 100 / percent,
                        "height",
                        HIGH * 100 / percent,
                        "deviceScaleFactor",
                        percent / 100.0,
                        "mobile",
                        false));
    }

    /** Lays the page out as for paper, as wide as an A4 page within its margins. */
    protected void print() {
        window(700, 990);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        script("window.dispatchEvent(new Event('beforeprint'))");
    }

    /** A reader's preference, such as {@code prefers-color-scheme}, {@code dark}. */
    protected void prefer(String feature, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "", "features", List.of(Map.of("name", feature, "value", value))));
    }

    protected ChromeDriver driver() {
        return driver;
    }

    protected WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    protected List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The result of a script that is given {@code arguments}. */
    protected Object script(String body, Object... arguments) {
        return driver.executeScript(body, arguments);
    }

    /** Waits until an expression is true, at most as long as a patient reader would. */
    protected void await(String expression) {
        driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                (function look() { if (%s) done(); else setTimeout(look, 10); })();""".formatted(expression));
    }

    /** Nothing was logged, and only the page itself was loaded. */
    protected void assertQuiet() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .as("console")
                .isEmpty();
        assertThat(driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
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

    /** The page can be read without scrolling sideways, once its charts have followed the window. */
    protected void assertNoSidewaysScroll() {
        await("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    /**
     * The page can be read by everyone, everywhere: light and dark, on a phone, at twice the size, and printed. All of
     * this in one load.
     */
    protected void assertReadableEverywhere() {
        assertFramed();
        assertAccessible();
        prefer("prefers-color-scheme", "dark");
        assertColoursAccessible();
        prefer("prefers-color-scheme", "light");
        window(375, 800);
        assertNoSidewaysScroll();
        assertStackedTablesWhole();
        zoomedIn();
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

    /** Twice the size in the usual window: half of the room. */
    private void zoomedIn() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 600, "height", 450, "deviceScaleFactor", 2, "mobile", false));
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
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
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
        driver.executeAsyncScript("""
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
        script(Resources.webjar("axe-core", "axe.min.js"));
        assertAxeFindsNothing(Map.of("resultTypes", List.of("violations")));
    }

    /** The same of what another theme can change in a page where it found nothing. */
    private void assertColoursAccessible() {
        assertAxeFindsNothing(Map.of(
                "resultTypes", List.of("violations"),
                "runOnly", List.of("cat.color"),
                "rules", Map.of("color-contrast-enhanced", Map.of("enabled", false)))); // off unless it is asked for
    }

    private void assertAxeFindsNothing(Map<String, ?> options) {
        Object violations = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, arguments[0]).then(
                    r => done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                        .map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' '
                            + n.failureSummary).join(' | '))),
                    e => done([String(e)]));""", options);
        assertThat((List<?>) violations).as("axe-core's findings").isEmpty();
    }
}
