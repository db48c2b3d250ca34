package dev.pushpull.report.run;

import static dev.pushpull.report.run.PredictedRuns.predicted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Runs;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Polls beside webhooks in the what-if section: they find what was lost, and cost requests. */
class WhatIfReconciledInBrowserTest extends Browser {
    @Test
    void pollsBesideWebhooksFindWhatWasLostAndCostRequests() throws IOException {
        open(HtmlReport.render(predicted(Runs.ordinary().run()), List.of()));
        script("const f = document.getElementById('what-if-failure_rate'); f.value = 0.5;"
                + "f.dispatchEvent(new Event('input', {bubbles: true}))");
        find("#what-if-attempts").sendKeys(Keys.HOME);
        assertThat(cell("lost_ratio")).isEqualTo("50 %");
        assertThat(cell("requests_per_month")).isEqualTo("51,840,000");

        find("#what-if-reconcile_s").sendKeys("60");

        assertThat(cell("lost_ratio")).isEmpty(); // the row is hidden
        assertThat(cell("requests_per_month"))
                .isEqualTo("52,704,001"); // and a poll a minute by each of 20 consumers, hardly ever of two pages
        assertThat(cell("latency_p99_ms")).isEqualTo("58.8 s");
        assertThat(find("dl[data-mode=webhook] [data-column=latency_p99_ms]").getAttribute("textContent"))
                .contains("v + R (1 − (1 − 0.99) / f)");
        assertThat(find("#what-if-crossover").getText())
                .contains("webhooks with polls beside them")
                .doesNotContain("lose");
        await("location.hash.includes('reconcile_s:60')");
        assertQuiet();
    }

    private String cell(String column) {
        return all("tr[data-column=" + column + "] > *").get(2).getText();
    }
}
