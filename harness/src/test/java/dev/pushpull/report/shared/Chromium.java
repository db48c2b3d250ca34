package dev.pushpull.report.shared;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.io.FileHandler;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's own headless Chromium and its driver; starting one takes longer than most tests that use it. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOWHERE = "about:blank";
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final Path profile;
    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private final Map<String, Map<String, ?>> emulated = new HashMap<>();

    private Chromium(Path browser, Path driverProgram) throws IOException {
        profile = Files.createTempDirectory("chromium-profile");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        // without a page of its own to start with and those behind its address bar, which nobody sees
        options.setExperimentalOption(
                "prefs", Map.of("session.restore_on_startup", 4, "session.startup_urls", List.of(NOWHERE)));
        options.addArguments(
                "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        service = ChromeDriverService.createDefaultService();
        service.setExecutable(driverProgram.toString());
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", CanvasTexts.RECORDER));
    }

    /** Whether this machine has both. */
    static boolean isInstalled() {
        return browser().isPresent() && driverProgram().isPresent();
    }

    static Chromium started() {
        try {
            return new Chromium(browser().orElseThrow(), driverProgram().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> browser() {
        return BROWSERS.stream().map(Chromium::onPath).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Path> driverProgram() {
        return onPath("chromedriver");
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Whether it shows pages so already. */
    boolean emulates(String what, Map<String, ?> as) {
        return as.equals(emulated.get(what));
    }

    /** Shows pages as with this screen or medium; what is so already is left, for the page would be laid out anew. */
    void emulate(String what, Map<String, ?> as) {
        if (!emulates(what, as)) {
            driver.executeCdpCommand("Emulation." + what, Map.copyOf(as));
            emulated.put(what, as);
        }
    }

    /** Leaves the page that it shows. */
    void leave() {
        if (!driver.getCurrentUrl().equals(NOWHERE)) {
            driver.get(NOWHERE);
        }
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            service.stop();
            FileHandler.delete(profile.toFile());
        }
    }
}
