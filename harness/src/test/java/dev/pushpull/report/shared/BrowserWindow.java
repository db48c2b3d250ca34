package dev.pushpull.report.shared;

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
 * A headless Chromium, what it shows, and how; without one, a class's tests are skipped. One browser serves all tests,
 * each of which begins in a light, wide window.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(BrowserWindow.Opening.class)
@Tag("live")
abstract class BrowserWindow {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    protected static Path folder;

    private static final int WIDE = 1200;
    private static final int HIGH = 900;

    /** The order of a test that opens a page of its own, beside others that share one: they come first. */
    protected static final int ALONE = Integer.MAX_VALUE;

    private static final String SCREEN = "setDeviceMetricsOverride";
    private static final String MEDIUM = "setEmulatedMedia";
    private static final Map<String, ?> ORDINARY_SCREEN = screen(WIDE, HIGH, 1);
    private static final Map<String, ?> ORDINARY_MEDIUM = preferring(Map.of("prefers-color-scheme", "light"));

    private Chromium chromium;
    private Object shared;

    /** Opens one browser for all classes of a JVM; it is closed after their last test, and idles between them. */
    static final class Opening implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            Assumptions.assumeTrue(
                    Chromium.isInstalled(), "no chromium and chromedriver on the PATH, so nobody looks at the page");
            Chromium shared = context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Chromium.class, key -> Chromium.started(), Chromium.class);
            ((BrowserWindow) context.getRequiredTestInstance()).chromium = shared;
        }

        @Override
        public void afterEach(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                ((BrowserWindow) context.getRequiredTestInstance()).shared = null; // a test that failed left it anyhow
            }
        }

        @Override
        public void afterAll(ExtensionContext context) {
            ((BrowserWindow) context.getRequiredTestInstance()).chromium.leave();
        }
    }

    /**
     * Also forgets a theme that an earlier page was given: all files are one origin. A page that nobody will look at
     * again is left first where it would be laid out once more.
     */
    @BeforeEach
    void lightAndWide() {
        script("try { localStorage.clear(); } catch (refused) { }");
        if (shared == null
                && !(chromium.emulates(SCREEN, ORDINARY_SCREEN) && chromium.emulates(MEDIUM, ORDINARY_MEDIUM))) {
            chromium.leave();
        }
        chromium.emulate(MEDIUM, ORDINARY_MEDIUM); // first, for charts follow the window as wide as they are then
        chromium.emulate(SCREEN, ORDINARY_SCREEN);
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
        driver().manage().logs().get(LogType.BROWSER);
        driver().manage().logs().get(LogType.PERFORMANCE);
        driver().get(file.toUri().toString());
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
        chromium.emulate(SCREEN, screen(width, height, 1));
    }

    /** As if the reader had enlarged everything to this many per cent. */
    protected void zoom(int percent) {
        chromium.emulate(SCREEN, screen(WIDE * 100 / percent, HIGH * 100 / percent, percent / 100.0));
    }

    private static Map<String, ?> screen(int width, int height, double pixelRatio) {
        return Map.of(
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                pixelRatio,
                "mobile",
                width < 600 && pixelRatio == 1);
    }

    /** Lays the page out as for paper, as wide as an A4 page within its margins. */
    protected void print() {
        window(700, 990);
        onPaper();
        script("window.dispatchEvent(new Event('beforeprint'))");
    }

    /** Only the styles of paper. */
    protected void onPaper() {
        chromium.emulate(MEDIUM, Map.of("media", "print"));
    }

    /** A reader's preference, such as {@code prefers-color-scheme}, {@code dark}. */
    protected void prefer(String feature, String value) {
        prefer(Map.of(feature, value));
    }

    /** The same of several at once. */
    protected void prefer(Map<String, String> preferences) {
        chromium.emulate(MEDIUM, preferring(preferences));
    }

    private static Map<String, ?> preferring(Map<String, String> preferences) {
        return Map.of(
                "media",
                "",
                "features",
                preferences.entrySet().stream()
                        .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
                        .toList());
    }

    protected ChromeDriver driver() {
        return chromium.driver();
    }

    protected WebElement find(String css) {
        return driver().findElement(By.cssSelector(css));
    }

    /** The text that is seen of an element, however long. */
    protected String text(String css) {
        return (String) script("return document.querySelector(arguments[0]).innerText", css);
    }

    /** The text that is seen of a cell in the row whose attribute has this value: nothing of a hidden one. */
    protected String cell(String attribute, String value, int index) {
        return (String) script(
                "const cell = document.querySelectorAll(arguments[0])[arguments[1]];"
                        + " return cell.checkVisibility() ? cell.innerText.trim() : ''",
                "tr[" + attribute + "=" + value + "] > *",
                index);
    }

    protected List<WebElement> all(String css) {
        return driver().findElements(By.cssSelector(css));
    }

    /** The result of a script that is given {@code arguments}. */
    protected Object script(String body, Object... arguments) {
        return driver().executeScript(body, arguments);
    }

    /** Waits until an expression is true, at most as long as a patient reader would. */
    protected void await(String expression) {
        driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                (function look() { if (%s) done(); else setTimeout(look, 10); })();""".formatted(expression));
    }
}
