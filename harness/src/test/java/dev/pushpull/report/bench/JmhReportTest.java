package dev.pushpull.report.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMH's own JSON, as a page. */
class JmhReportTest {
    private static final Pattern FIGURE = Pattern.compile("<strong>([^<]*)</strong> (?:±([\\d,.]+))?");

    @TempDir
    private Path folder;

    private static String fixture(String name) throws IOException {
        try (InputStream in = JmhReportTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String page(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("jmh.json"), json);
        JmhReport.write(file, folder.resolve("report.html"));
        return Files.readString(folder.resolve("report.html"));
    }

    @Test
    void everyScoreAndEveryErrorIsShown() throws IOException {
        String json = fixture("jmh.json");
        List<JsonNode> metrics = new ArrayList<>();
        for (JsonNode result : new ObjectMapper().readTree(json)) {
            metrics.add(result.get("primaryMetric"));
            result.get("secondaryMetrics").forEach(metrics::add);
        }
        assertThat(metrics).hasSizeGreaterThan(10);

        Matcher figure = FIGURE.matcher(page(json));
        for (JsonNode metric : metrics) {
            assertThat(figure.find()).isTrue();
            assertShows(figure.group(1), metric.get("score").asDouble());
            if (metric.get("scoreError").isNumber()) {
                assertShows(figure.group(2), metric.get("scoreError").asDouble());
            } else {
                assertThat(figure.group(2)).isNull();
            }
        }
        assertThat(figure.find()).isFalse();
    }

    /** Rounded to the digits shown, at least one of which is not 0. */
    private static void assertShows(String text, double value) {
        int decimals = text.contains(".") ? text.length() - text.indexOf('.') - 1 : 0;
        double shown = Double.parseDouble(text.replace(",", ""));
        assertThat(shown).isCloseTo(value, org.assertj.core.data.Offset.offset(0.5000001 * Math.pow(10, -decimals)));
        assertThat(shown).isNotZero();
    }

    @Test
    void theComparisonStandsThereWithItsCounters() throws IOException {
        assertThat(page(fixture("jmh.json")))
                .containsPattern("<h2 id=\"q2\" data-nav=\"PollingVsWebhook\">Polling vs webhook: [\\d.,]+ µs/op \\(")
                .contains("<code>PollingVsWebhook</code>: ")
                .contains("<th scope=\"row\">polling</th><td>interval 500ms, rate 1/s</td>")
                .contains("<th scope=\"row\">wasted ratio</th>", "<td class=\"unit\">in 3 iterations</td>")
                .contains("<th scope=\"row\">read after</th>", "<td class=\"unit\">ns/op</td>")
                .contains("time of single shots; 1 JVM, 1 thread, 1 iteration to warm up, 3 iterations measured");
    }

    @Test
    void aSingleIterationHasNoErrorAndSaysSo() throws IOException {
        String page = page(fixture("jmh-one-iteration.json"));

        assertThat(page).contains("one iteration: no error known").doesNotContain("±0", "NaN");
        Matcher figure = FIGURE.matcher(page);
        assertThat(figure.find()).isTrue();
        assertThat(figure.group(2)).isNull();
    }

    @Test
    void whatIsNoNumberIsShownAsNone() throws IOException {
        String page =
                page(fixture("jmh-one-iteration.json").replaceFirst("\"score\" : [\\d.]+", "\"score\" : \"NaN\""));

        assertThat(page).contains("<strong>none</strong>").doesNotContain("NaN", "<svg viewBox");
    }

    @Test
    void namesAndParametersCannotBeMarkup() throws IOException {
        String page = page(fixture("jmh-one-iteration.json")
                .replace("CachedMac.cached", "Cached<script>Mac.cached<img src=x>")
                .replace("\"100\"", "\"</td><script>\""));

        assertThat(page)
                .contains("cached&lt;img src&#x3D;x&gt;")
                .contains("&lt;/td&gt;&lt;script&gt;")
                .doesNotContain("<script>Mac", "</td><script", "<img");
    }

    @Test
    void loadsNothingFromAnywhere() throws IOException {
        assertThat(page(fixture("jmh.json")))
                .contains("Content-Security-Policy\" content=\"default-src 'none';")
                .doesNotContainPattern("(?i)(src|href|action|srcset|data)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .doesNotContainPattern("(?i)\\burl\\((?!#)|@import");
    }

    @Test
    void whatJmhHasNotWrittenWholeIsRefusedAndLeavesNoPage() throws IOException {
        String whole = fixture("jmh-one-iteration.json");
        for (String json : List.of(
                "",
                "{}",
                "[]",
                "[{}]",
                "no JSON",
                "[null]",
                whole + whole,
                whole.substring(0, whole.length() / 2),
                whole.replaceFirst("\"score\" : [\\d.]+", "\"score\" : \"fast\""),
                whole.replaceFirst("\"scoreError\"", "\"error\""))) {
            assertThatThrownBy(() -> page(json))
                    .as(json)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("accepted: the whole JSON that JMH has written (")
                    .message()
                    .hasLineCount(1);
            assertThat(folder.resolve("report.html")).doesNotExist();
        }
        assertThatThrownBy(() -> JmhReport.write(folder.resolve("none.json"), folder.resolve("report.html")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("accepted: the JSON that JMH has written");
    }

    /** The reading test: the least and the greatest of each class are the ones in the title, for ten seeds. */
    @Test
    void theTitlesNameTheLeastAndTheGreatestFigure() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<JmhResults.Result> results = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                results.add(result("step" + i, Math.exp(8 * random.nextDouble()), 20 * random.nextDouble()));
            }
            JmhResults.Result least = results.stream()
                    .min(Comparator.comparingDouble(one -> one.primary().score()))
                    .orElseThrow();
            JmhResults.Result most = results.stream()
                    .max(Comparator.comparingDouble(one -> one.primary().score()))
                    .orElseThrow();
            boolean apart = least.primary().score() + least.primary().error()
                    < most.primary().score() - most.primary().error();

            assertThat(JmhFinding.question("Steps", results))
                    .startsWith(
                            "Steps: " + Decimals.significant(least.primary().score()) + " µs/op (step" + number(least))
                    .contains(" to " + Decimals.significant(most.primary().score()) + " µs/op (step" + number(most))
                    .matches(title -> title.endsWith("do not tell apart") != apart);
            assertThat(JmhFinding.page(results))
                    .isEqualTo("A step costs from %s (step%s) to %s (step%s)"
                            .formatted(time(least), number(least), time(most), number(most)));
        }
    }

    /** The scores are microseconds. */
    private static String time(JmhResults.Result result) {
        double micros = result.primary().score();
        return micros < 1 ? Decimals.significant(1e3 * micros) + " ns" : Decimals.milliseconds(micros / 1e3);
    }

    private static String number(JmhResults.Result result) {
        return result.benchmark().replaceAll("\\D", "");
    }

    private static JmhResults.Result result(String name, double score, double error) {
        return new JmhResults.Result(
                "some.Steps." + name,
                "avgt",
                Map.of(),
                new JmhResults.Effort(1, 1, 1, "1 s", 1, "1 s"),
                new JmhResults.Machine("", "", "", List.of()),
                new JmhResults.Metric(score, error, "us/op", 3),
                Map.of());
    }
}
