package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.compared.ComparedResults;
import dev.pushpull.report.compared.RunComparison;
import dev.pushpull.report.folder.ResultsIndex;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.standalone.StandaloneResults;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The frame that all pages have, in which readers find their way. */
class FrameInBrowserTest extends Browser {
    private Path home;
    private Path report;

    /** The smallest page that has it. */
    private Path part;

    @BeforeAll
    void write(@TempDir Path directory) throws IOException {
        home = Files.createDirectory(directory.resolve("results"));
        RunRecord run = Runs.ordinary()
                .type("<b>|")
                .commandLine("pushpull", "compare", "--out", "/tmp/gone")
                .run();
        Path one = Files.createDirectory(home.resolve("one"));
        RunResults.write(run, Journals.of(run), one);
        RunResults.write(Runs.ordinary().rate(2).run(), Files.createDirectory(home.resolve("the other")));
        Path both = Files.createDirectory(home.resolve("both"));
        ComparedResults.write(RunComparison.of(StoredRun.read(one), StoredRun.read(home.resolve("the other"))), both);
        Path gathered = Files.createDirectories(home.resolve("kept/poll"));
        StandaloneResults.write(poll(), gathered);
        ResultsIndex.write(home);
        report = one.resolve("report.html");
        part = gathered.resolve("report.html");
    }

    private static PartRecord poll() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("run_id", "poll");
        figures.put("duration_s", 30.0);
        figures.put("polls", 60L);
        figures.put("delivered", 3L);
        figures.put("wasted_ratio", 0.95);
        figures.put("latency_mean_ms", 247.0);
        figures.put("latency_p50_ms", 240.0);
        figures.put("latency_p99_ms", null);
        EvidenceTable items = new EvidenceTable(
                "items",
                List.of("id", "poll", "received_s", "latency_ms"),
                List.of(
                        List.of("evt_1", 3, 1.5, 100.0),
                        List.of("evt_2", 9, 4.5, 240.0),
                        List.of("evt_3", 30, 15.0, 400.0)));
        List<String> command = List.of("scripts/pushpull", "poll", "http://localhost/events");
        return new PartRecord(
                1, "poll", "poll", command, "2026-11-23T13:52:22Z", Map.of("java", "17"), figures, List.of(items));
    }

    @Test
    @Order(2)
    void whatOneSideDidAloneHasAPage() {
        share(part);

        assertQuiet();
        assertThat(paintedPixels(find("#moments canvas"))).isGreaterThan(1_000);
        assertThat(find(".numbers").getText()).contains("latency p99 too few samples for this percentile");
        assertReadableEverywhere();
    }

    @Test
    @Order(3)
    void aThemeSurvivesAReloadUntilItIsTheSystemsAgain() {
        share(part);
        find("#theme").click();
        driver().navigate().refresh();

        assertThat(script("return document.documentElement.dataset.theme")).isEqualTo("dark");
        assertThat(find("#theme").getText()).isEqualTo("Light colours");
        find("#theme").click();
        driver().navigate().refresh();
        assertThat(script("return document.documentElement.dataset.theme || ''"))
                .isEqualTo("");
    }

    @Test
    @Order(1)
    void theKeyboardGoesToTheAnswerOrThroughThePageAsItIsRead() {
        share(report);
        find("body").sendKeys(Keys.TAB);
        assertThat(focused("className")).isEqualTo("skip");
        driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(focused("id")).isEqualTo("main");

        script("""
                const order = [...document.querySelectorAll('*')];
                window.places = [];
                document.addEventListener('focusin', () => places.push(order.indexOf(document.activeElement)));""");
        driver().switchTo().activeElement().sendKeys(Keys.TAB.toString().repeat(30));
        List<Long> places = ((List<?>) script("return places"))
                .stream().map(place -> (Long) place).toList();
        assertThat(places).hasSize(30).isSorted().doesNotHaveDuplicates().doesNotContain(-1L);
    }

    /** The last to share a page: it leaves it. */
    @Test
    @Order(4)
    void pagesLeadToAllResultsAndTheListToThem() {
        share(part);
        find("#all-runs").click();

        assertThat(find("h1").getText()).isEqualTo("All runs");
        assertThat(all(".runs th a"))
                .extracting(WebElement::getText)
                .containsExactlyInAnyOrder("one", "the other", "both", "kept/poll");
        find(".runs a[href*=poll]").click();
        assertThat(find("h1").getText())
                .isEqualTo("60 polls found 3 new items in 30 s, half of them within 240 ms;"
                        + " 95.0 % of the polls found nothing");
        find("#all-runs").click();
        assertThat(find("h1").getText()).isEqualTo("All runs");
    }

    @Test
    void aPageThatWasPassedOnLeadsNowhere() throws IOException {
        open(Files.readString(part));

        assertThat(find("#all-runs").isDisplayed()).isFalse();
    }

    @Test
    void twoRunsAreChosenInTheListToBeCompared() {
        open(home.resolve("index.html"));
        assertThat(find("#chosen").isDisplayed()).isFalse();
        find("input[value='the other']").click();
        assertThat(find("#choice").getText()).contains("which other run?");
        find("input[value=one]").click();

        assertThat(find("#command").getText())
                .contains("scripts/pushpull report", "results/one", "'results/the other'");
        assertThat(find("#compared a").getText()).isEqualTo("Already compared: one with the other");
        assertQuiet();
        assertReadableEverywhere();
        find("#compared a").click();
        await("document.documentElement.dataset.drawn !== undefined");
        assertReadableEverywhere();
    }

    private Object focused(String property) {
        return script("return document.activeElement[arguments[0]]", property);
    }
}
