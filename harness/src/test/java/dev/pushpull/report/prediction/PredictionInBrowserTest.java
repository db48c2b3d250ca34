package dev.pushpull.report.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The pages of {@code predict} and {@code what-if}, as their readers see them. */
class PredictionInBrowserTest extends Browser {
    @ParameterizedTest
    @ValueSource(strings = {"predict", "what-if"})
    void aPageWithoutARunIsReadLikeAnyOther(String command) throws IOException {
        open(PredictionResults.html(PredictionRecords.of(
                command, Runs.ordinary().scenario(), List.of("polling", "conditional-polling", "webhook"))));

        assertQuiet();
        assertThat(find("#theme").isDisplayed()).isTrue();
        assertThat(find("#contents").getText()).contains("What if?");
        assertThat(find("#downloads").getText()).contains("prediction.csv", "run.json");
        for (String chart : List.of("waste", "requests", "latency")) {
            assertThat(paintedPixels(find("#what-if-" + chart + " canvas"))).isGreaterThan(1_000);
        }
        assertThat(find("#what-if-waste-title").getText()).isEqualTo("At λT = 0.5, 60.7 % of the polls find nothing");
        if (command.equals("predict")) {
            assertThat(paintedPixels(find("#spectrum canvas"))).isGreaterThan(1_000);
            assertThat(find(".highlights").getText()).contains("Mean delay from event to receipt");
        }
        assertThat(find("dl[data-mode=polling] [data-column=wasted_ratio]").getText())
                .isEqualTo("wasted polls\ne^(−λT)\n= e^(−0.5)\n= 60.7 %");
        assertThat(find("dl[data-mode=webhook] [data-column=monthly_total] .value")
                        .getText())
                .isEqualTo("= 45.74 EUR"); // 51,840,000 requests at 0.40 a million, and 25
        assertChartTextsReadable();
        assertLinesLabelled("what-if-waste", "what-if-requests", "what-if-latency");
        find("#what-if-interval_s").sendKeys(Keys.HOME);
        assertThat(find("#what-if-waste-title").getText()).isEqualTo("At λT = 0.01, 99.00 % of the polls find nothing");
        assertReadableEverywhere(this::assertChartTextsReadable);
    }

    @Test
    void everyModeHasItsPlaceAtAnyWidth() throws IOException {
        List<String> modes =
                DeliveryModes.all().stream().map(DeliveryMode::name).toList();
        open(PredictionResults.html(
                PredictionRecords.of("predict", Runs.ordinary().scenario(), modes)));
        await("document.documentElement.dataset.drawn !== undefined");

        assertReadableEverywhere(() -> {
            assertNoSidewaysScroll();
            assertChartTextsReadable();
            assertLinesLabelled("spectrum");
        });
    }

    /** "16.7 min" is longer than "100 ms". */
    @Test
    void longDelaysHaveRoomBesideTheirChart() throws IOException {
        Scenario scenario = Runs.ordinary().scenario();
        Scenario slow = scenario.withPolling(new Scenario.Polling(
                300_000_000_000L,
                scenario.polling().pageLimit(),
                scenario.polling().phase()));
        open(PredictionResults.html(PredictionRecords.of("predict", slow, List.of("polling", "webhook"))));
        window(375, 800);

        assertChartTextsReadable();
    }
}
