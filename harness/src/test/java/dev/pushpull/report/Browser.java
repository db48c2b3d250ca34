package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A test that looks at a page in a headless Chromium, the system's own with its driver; where there is none its tests are
 * skipped. One browser serves all tests of a class, each of which begins in a light, wide window.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path folder;

    private ChromeDriver driver;
    private ChromeDriverService service;

    @BeforeAll
    void openBrowser() throws IOException {
        Optional<Path> browser =
                BROWSERS.stream().map(Browser::onPath).flatMap(Optional::stream).findFirst();
        Optional<Path> driverProgram = onPath("chromedriver");
        Assumptions.assumeTrue(
                browser.isPresent() && driverProgram.isPresent(),
                "no chromium and chromedriver on the PATH, so nobody looks at the page");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        options.setCapability("goog:loggingPrefs", logs);
        service = ChromeDriverService.createDefaultService();
        service.setExecutable(driverProgram.get().toString());
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    }

    @AfterAll
    void closeBrowser() {
        try {
            if (driver != null) {
                driver.quit();
            }
        } finally {
            if (service != null) {
                service.stop();
            }
        }
    }

    @BeforeEach
    void lightAndWide() {
        window(1200, 900);
        prefer("prefers-color-scheme", "light");
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page from a file, as its readers do, and forgets what was logged before. */
    protected void open(String html) throws IOException {
        Path file = Files.createTempFile(folder, "page", ".html");
        Files.writeString(file, html);
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
        driver.get(file.toUri().toString());
    }

    /** The size of what is seen, in CSS pixels: a phone's is 375 wide, narrower than a window can be made. */
    protected void window(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** What a reader prefers, such as {@code prefers-color-scheme}, {@code dark}. */
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

    /** What a script returns, with {@code arguments} in it. */
    protected Object script(String body, Object... arguments) {
        return driver.executeScript(body, arguments);
    }

    /** Waits until an expression is true, at most as long as a patient reader. */
    protected void await(String expression) {
        driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                (function look() { if (%s) done(); else setTimeout(look, 10); })();""".formatted(expression));
    }

    /** Nothing was logged, and nothing but the page itself was asked for. */
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

    /** The page as a whole need not be moved sideways to be read, once its charts have followed the window. */
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
