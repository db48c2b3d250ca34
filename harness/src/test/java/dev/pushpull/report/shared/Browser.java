package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
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
@ExtendWith(Browser.Opening.class)
@Tag("live")
public abstract class Browser {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    protected static Path folder;

    private ChromeDriver driver;

    /** Opens one browser for all classes of a JVM; it is closed after their last test. */
    static final class Opening implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            Assumptions.assumeTrue(
                    Chromium.isInstalled(), "no chromium and chromedriver on the PATH, so nobody looks at the page");
            Chromium shared = context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Chromium.class, key -> Chromium.started(), Chromium.class);
            ((Browser) context.getRequiredTestInstance()).driver = shared.driver();
        }
    }

    /** Also forgets a theme that an earlier page was given: all files are one origin. */
    @BeforeEach
    void lightAndWide() {
        script("try { localStorage.clear(); } catch (refused) { }");
        window(1200, 900);
        prefer("prefers-color-scheme", "light");
    }

    /** Opens a page from a file, as its readers do, and forgets earlier log messages. */
    protected void open(String html) throws IOException {
        Path file = Files.createTempFile(folder, "page", ".html");
        Files.writeString(file, html);
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
        driver.get(file.toUri().toString());
    }

    /** The size of the visible area, in CSS pixels: a phone's is 375 wide, narrower than a window can be. */
    protected void window(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** A reader's preference, such as {@code prefers-color-scheme}, {@code dark}. */
    protected void prefer(String feature, String value) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
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

    /** axe-core finds nothing serious or critical. */
    protected void assertAccessible() {
        script(Resources.webjar("axe-core", "axe.min.js"));
        Object violations = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                    r => done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                        .map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' '
                            + n.failureSummary).join(' | '))),
                    e => done([String(e)]));""");
        assertThat((List<?>) violations).as("axe-core's findings").isEmpty();
    }
}
