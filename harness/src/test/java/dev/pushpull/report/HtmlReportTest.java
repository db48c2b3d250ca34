package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.scenario.RunRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String MARKUP = "<script>alert(1)</script>";

    @Test
    void showsMarkupInNamesAsText() {
        String html = HtmlReport.render(Runs.ordinary()
                .type(MARKUP)
                .commandLine("pushpull", "compare", "--type", MARKUP)
                .invalid(MARKUP)
                .modes("polling", "webhook", "polling" + MARKUP)
                .run());

        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(count(html, "<script")).isEqualTo(2);
        assertThat(count(html, "</script")).isEqualTo(2);
    }

    @Test
    void embedsItsDataSoThatNothingInItEndsTheElement() throws Exception {
        String html = HtmlReport.render(
                Runs.ordinary().modes("polling</script><!--", "webhook").run());

        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<");
        assertThat(new ObjectMapper()
                        .readTree(data.group(1))
                        .path("timelines")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("polling</script><!--");
    }

    @Test
    void loadsNothingFromAnywhere() {
        String html = HtmlReport.render(Runs.ordinary().run());

        assertThat(html)
                .contains("Content-Security-Policy\" content=\"default-src 'none';")
                .doesNotContainPattern("(?i)(src|href|action|srcset|data)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .doesNotContainPattern("(?i)url\\(|@import|fetch\\(|XMLHttpRequest|sendBeacon|new WebSocket|import\\(");
    }

    @Test
    void carriesTheChartLibraryUnderItsLicence() {
        assertThat(HtmlReport.render(Runs.ordinary().run()))
                .contains("uPlot=function", "Permission is hereby granted", ".uplot");
    }

    @Test
    void quotesTheCommandSoThatItCanBeRepeated() {
        assertThat(HtmlReport.render(Runs.ordinary()
                        .commandLine("scripts/pushpull", "compare", "--assert", "webhook.latency_p99_ms<50", "it's")
                        .run()))
                .contains("scripts/pushpull compare --assert &#39;webhook.latency_p99_ms&lt;50&#39; "
                        + "&#39;it&#39;\\&#39;&#39;s&#39;");
    }

    @Test
    void saysInvalidAndPartial() {
        String html = HtmlReport.render(
                Runs.ordinary().invalid("books do not balance").partial().run());

        assertThat(html)
                .contains("<strong>INVALID</strong> polling, webhook: books do not balance")
                .contains("PARTIAL: interrupted");
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        String html = HtmlReport.render(
                Runs.ordinary().consumers(1).seconds(1).rate(0.01).run());

        assertThat(html).doesNotContain("<h3>Warnings</h3>").doesNotContain("<th scope=\"row\" title=\"The latest");
        assertThat(HtmlReport.render(Runs.ordinary().run())).contains("title=\"The latest delivery\"");
    }

    @Test
    void staysSmallForALongRun() {
        assertThat(HtmlReport.render(Runs.ordinary().seconds(300).run()).length())
                .isLessThan(150_000);
    }

    @Test
    void drawsNoQuantileThatTheSamplesDoNotCarry() {
        ChartData data = ChartData.of(Runs.ordinary().consumers(5).seconds(20).run());

        ChartData.Curve polling = data.spectrum().get(0);
        assertThat(polling.x().get(polling.x().size() - 1)).isBetween(20.0, 100 / 3.6);
    }

    @Test
    void givesEachOfSixModesAColourOfItsOwn() {
        RunRecord run = Runs.ordinary()
                .modes("adaptive-polling", "hybrid", "polling", "long-polling", "webhook", "conditional-polling")
                .run();

        assertThat(run.outcomes())
                .extracting(outcome -> ChartData.colour(run, outcome))
                .doesNotHaveDuplicates();
        assertThat(ChartData.colour(run, run.outcomes().get(2))).isZero();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
