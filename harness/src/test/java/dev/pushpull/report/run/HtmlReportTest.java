package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.SpectrumCurve;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String MARKUP = "<script>alert(1)</script>";

    @Test
    void showsMarkupInNamesAsText() {
        String html = render(Runs.ordinary()
                .type(MARKUP)
                .commandLine("pushpull", "compare", "--type", MARKUP)
                .invalid(MARKUP)
                .modes("polling", "webhook", "polling" + MARKUP)
                .run());

        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(count(html, "<script")).isEqualTo(3);
        assertThat(count(html, "</script")).isEqualTo(3);
    }

    @Test
    void embedsItsDataSoThatNothingInItEndsTheElement() throws Exception {
        String html =
                render(Runs.ordinary().modes("polling</script><!--", "webhook").run());

        assertThat(data(html).path("timelines").path(0).path("name").asText()).isEqualTo("polling</script><!--");
    }

    @Test
    void loadsNothingFromAnywhere() {
        String html = render(Runs.ordinary().run());

        assertThat(html)
                .contains("Content-Security-Policy\" content=\"default-src 'none';")
                .doesNotContainPattern("(?i)(src|href|action|srcset|data)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .doesNotContainPattern(
                        "(?i)(?<![a-z])url\\((?!#)|@import|fetch\\(|XMLHttpRequest|sendBeacon|new WebSocket|import\\(");
    }

    @Test
    void carriesTheChartLibraryUnderItsLicence() {
        assertThat(render(Runs.ordinary().run())).contains("uPlot=function", "Permission is hereby granted", ".uplot");
    }

    @Test
    void quotesTheCommandSoThatItCanBeRepeated() {
        assertThat(render(Runs.ordinary()
                        .commandLine("scripts/pushpull", "compare", "--assert", "webhook.latency_p99_ms<50", "it's")
                        .run()))
                .contains("scripts/pushpull compare --assert &#39;webhook.latency_p99_ms&lt;50&#39; "
                        + "&#39;it&#39;\\&#39;&#39;s&#39;");
    }

    @Test
    void saysInvalidAndPartial() {
        String html =
                render(Runs.ordinary().invalid("books do not balance").partial().run());

        assertThat(html)
                .contains("<strong>INVALID</strong> polling, webhook: books do not balance")
                .contains("PARTIAL: interrupted");
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        String html = render(Runs.ordinary().consumers(1).seconds(1).rate(0.01).run());

        assertThat(html)
                .doesNotContain("<h3>Warnings</h3>", "id=\"strip-chart\"", "id=\"spectrum\"")
                .doesNotContain("<th scope=\"row\" title=\"The latest");
        assertThat(render(Runs.ordinary().run())).contains("title=\"The latest delivery\"");
    }

    @Test
    void staysSmallForALongRun() {
        assertThat(render(Runs.ordinary().seconds(300).run()).length()).isLessThan(400_000);
    }

    @Test
    void saysTheQuestionInTheUnitsOfTheAnswer() {
        assertThat(render(Runs.ordinary().run()))
                .contains("<dd>500 ms</dd>", "<dd>1,024 B</dd>", "<dd>30 s</dd>")
                .doesNotContain("500ms", "1KiB");
    }

    @Test
    void foldsWhatBalancesAndShowsWhatDoesNot() {
        assertThat(render(Runs.ordinary().run()))
                .contains("<details class=\"fold\">\n<summary><h3>Cross-checks: 4 of 4 balance.</h3></summary>")
                .contains("<summary><h3>Environment</h3></summary>");
        assertThat(render(Runs.ordinary()
                        .but(run -> run.withOutcomes(run.outcomes().stream()
                                .map(HtmlReportTest::unbalanced)
                                .toList()))
                        .run()))
                .contains(
                        "<details class=\"fold\" open>\n<summary><h3>Cross-checks: 2 of 2 do not balance.</h3></summary>");
    }

    @Test
    void showsTheSameIntervalOfAFigureEverywhere() {
        RunRecord run = Runs.ordinary().run();
        Outcome polling = run.outcomes().get(0);
        double mean = polling.latency().meanMillis().orElseThrow();
        String own = FigureText.withInterval(Figure.of(run, polling, "latency_mean_ms", ""));

        String html = render(run.with(
                List.of(),
                List.of(new AgreementLine(
                        "polling",
                        "latency_mean_ms",
                        OptionalDouble.of(mean),
                        OptionalDouble.of(mean - 1),
                        OptionalDouble.of(mean + 1),
                        250,
                        OptionalDouble.of(253),
                        25,
                        AgreementLine.Verdict.AGREES))));

        assertThat(html)
                .contains("<th scope=\"row\">polling latency mean</th><td>" + own + "</td>")
                .contains("<th scope=\"col\">Judged</th>")
                .containsPattern("<td>\\d+ ±1(\\.0+)? ms</td>");
    }

    @Test
    void staysSmallWithManyConsumers() {
        List<JournalStep> journal =
                Journals.of(Runs.ordinary().consumers(20).seconds(60).run());
        RunRecord ordinary = Runs.ordinary().run();

        assertThat(HtmlReport.render(ordinary, Journals.of(ordinary)).length()).isLessThan(450_000);
        assertThat(HtmlReport.render(
                                Runs.ordinary().consumers(1_000).seconds(60).run(), journal)
                        .length())
                .isLessThan(1_000_000);
    }

    @Test
    void carriesItsFiguresAsFiles() throws Exception {
        String html = render(Runs.ordinary().run());

        JsonNode files = data(html).path("downloads");
        assertThat(unpacked(files.path("summary.csv").asText()))
                .startsWith("run_id,trial,mode")
                .hasLineCount(3);
        assertThat(unpacked(files.path("run.json").asText())).startsWith("{\"schema_version\":");
        assertThat(unpacked(files.path("latency-polling.hgrm").asText())).contains("Percentile", "#[Mean");
    }

    @Test
    void leavesOutFilesThatWouldMakeItLarge() throws IOException {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        byte[] incompressible = new byte[100_000];
        new Random(1).nextBytes(incompressible);
        files.put("large.csv", out -> out.write(Base64.getEncoder().encodeToString(incompressible)));
        files.put("small.csv", out -> out.write("a,b"));

        Downloads downloads = Downloads.of(files);

        assertThat(downloads.packed()).containsOnlyKeys("small.csv");
        assertThat(unpacked(downloads.packed().get("small.csv"))).isEqualTo("a,b");
        assertThat(downloads.note()).endsWith("beside it in the results folder: large.csv.");
    }

    @Test
    void keepsMarkupOfAJournalFromEndingItsElement() throws Exception {
        RunRecord run = Runs.ordinary().run();
        List<JournalStep> journal = new ArrayList<>(Journals.of(run));
        JournalStep first = journal.get(0);
        journal.set(
                0,
                new JournalStep(
                        first.mode(),
                        -1,
                        MARKUP,
                        1,
                        first.step(),
                        0,
                        first.fromNanos(),
                        first.untilNanos(),
                        0,
                        MARKUP));
        journal.add(new JournalStep(first.mode(), 0, MARKUP, 1, JournalStep.Step.RECEIVED, 0, 9, 9, 0, ""));

        String html = HtmlReport.render(run, journal);

        assertThat(html).doesNotContain("<script>alert");
        assertThat(count(html, "</script")).isEqualTo(3);
        assertThat(data(html).path("strip").path("events").path("id").path(0).asText())
                .isEqualTo(MARKUP);
    }

    @Test
    void drawsNoQuantileThatTheSamplesDoNotCarry() {
        ChartData data =
                ChartData.of(Runs.ordinary().consumers(5).seconds(20).run(), List.of(), Downloads.of(Map.of()));

        SpectrumCurve polling = data.spectrum().get(0);
        assertThat(polling.x().get(polling.x().size() - 1)).isBetween(20.0, 100 / 3.6);
    }

    @Test
    void givesEachOfSixModesAColourOfItsOwn() {
        RunRecord run = Runs.ordinary()
                .modes("adaptive-polling", "hybrid", "polling", "long-polling", "webhook", "conditional-polling")
                .run();

        assertThat(run.outcomes())
                .extracting(outcome -> Modes.colour(run, outcome))
                .doesNotHaveDuplicates();
        assertThat(Modes.colour(run, run.outcomes().get(2))).isZero();
    }

    /** The same with one thing that one side counted and the other did not. */
    private static Outcome unbalanced(Outcome outcome) {
        return new Outcome(
                outcome.trial(),
                outcome.mode(),
                outcome.counts(),
                outcome.latency(),
                outcome.processed(),
                outcome.pollLateness(),
                outcome.roundTrip(),
                outcome.cpuMillis(),
                outcome.setup(),
                outcome.intervals(),
                outcome.prediction(),
                new Ledger(List.of(new Ledger.Account("requests", Map.of("sent", 2L), Map.of("received", 1L)))),
                outcome.timeline(),
                outcome.latencyBySecond(),
                outcome.invalid(),
                outcome.warnings(),
                outcome.conditions(),
                outcome.traits());
    }

    /** What the page's script reads. */
    private static JsonNode data(String html) throws Exception {
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<");
        return new ObjectMapper().readTree(data.group(1));
    }

    private static String render(RunRecord run) {
        return HtmlReport.render(run, List.of());
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static String unpacked(String packed) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(packed);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
