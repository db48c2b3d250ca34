package dev.pushpull.report.compared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between two runs is called as on the command line and in the reports. */
class SettingNamesTest {
    @TempDir
    private Path directory;

    @Test
    void aSettingThatDiffersIsCalledByItsWordsAndItsFlag() throws IOException {
        RunComparison comparison = Compared.of(
                directory,
                Runs.ordinary().run(),
                Runs.ordinary().intervalMillis(250).rate(2).run());

        assertThat(comparison.differences())
                .extracting(ScenarioDifferences.Difference::name)
                .containsExactly("events of one stream (--rate)", "poll interval (--interval)");
        assertThat(ComparedTerminal.render(comparison, Path.of("folder"), false, true))
                .contains("poll interval (--interval): 500ms in A, 250ms in B")
                .doesNotContain("interval_nanos", "polling.interval");
    }

    @Test
    void valuesAreAsTheyAreTyped() throws IOException {
        assertThat(value("polling.interval_nanos", "500000000")).isEqualTo("500ms");
        assertThat(value("wire.keep_alive_nanos", "-1")).isEqualTo("as usual");
        assertThat(value("webhooks.retries.delays_nanos", "[0,5000000000]")).isEqualTo("0s, 5s");
        assertThat(value("events.arrivals.rate_per_second", "0.5")).isEqualTo("30/m");
        assertThat(value("events.payload_bytes", "2048")).isEqualTo("2KiB");
        assertThat(value("events.streams", "\"PER_CONSUMER\"")).isEqualTo("per-consumer");
        assertThat(value("wire.tls", "true")).isEqualTo("yes");
        assertThat(value("faults.outages", "[]")).isEqualTo("none");
        assertThat(value("faults.outages", "[{\"start_nanos\":2000000000,\"length_nanos\":1000000000}]"))
                .isEqualTo("1s@2s");
        assertThat(value("run.modes", "[\"polling\",\"webhook\"]")).isEqualTo("polling, webhook");
    }

    @Test
    void aFieldThatNobodyNamedIsCalledByItsPath() {
        assertThat(SettingNames.of("faults.some_new_thing_nanos")).isEqualTo("faults some new thing");
        assertThat(SettingNames.of("mode_options.--wait")).isEqualTo("--wait");
        assertThat(SettingNames.of("environment.heap at most")).isEqualTo("heap at most");
    }

    @Test
    void aDifferenceOfBillsCarriesItsCurrencyAndOnePriceMoreIsAsConfigured() throws IOException {
        RunRecord run = Runs.ordinary().run();
        RunComparison comparison = Compared.of(directory, run.priced(price("USD", 0.4)), run.priced(price("USD", 0.9)));

        assertThat(ComparedView.of(comparison).groups())
                .flatExtracting(ComparedView.Group::lines)
                .filteredOn(
                        line -> line.label().contains("bill") || line.label().contains("total"))
                .as("one bill for each mode, and no total, which would be the same")
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.difference()).endsWith(" USD"));
        assertThat(comparison.differences())
                .containsExactly(new ScenarioDifferences.Difference("pricing.per_million", "0.40 USD", "0.90 USD"));
        assertThat(Compared.judgement(comparison, "polling", "monthly_bill"))
                .isNotIn(Judgement.WORSE, Judgement.BETTER);
    }

    private static Pricing price(String currency, double perMillion) {
        return new Pricing(currency, OptionalDouble.of(perMillion), Map.of());
    }

    private static String value(String field, String json) throws IOException {
        JsonNode node = RunJson.MAPPER.readTree(json);
        return SettingNames.value(field, node);
    }
}
