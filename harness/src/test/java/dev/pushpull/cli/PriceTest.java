package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {
    /** 14,400 polls and 7,200 webhooks in ten days: 43,200 and 21,600 a month. */
    private static final String TEN_DAYS =
            "simulate --interval 1m --rate 30/h --arrivals periodic --horizon 10d --consumers 1";

    @TempDir
    private Path directory;

    @Test
    void aMonthOfPollsOnceASecondCostsWhatTwoAndAHalfMillionRequestsDo() throws IOException {
        JsonNode polling =
                rows("predict --interval 1s --consumers 1 --price 0.40 --json").get(0);
        assertThat(polling.path("monthly_bill").asDouble()).isCloseTo(30 * 86_400 / 1e6 * 0.4, within(1e-9));
        assertThat(polling.path("monthly_fixed_sum").isNull()).isTrue();
        assertThat(polling.path("currency").isNull()).isTrue();
        assertThat(said("predict --interval 1s --price 0.40").output()).contains("requests bill");
        assertThat(said("predict --interval 1s").output()).doesNotContain("requests bill");
    }

    @Test
    void aRunIsBilledByWhatItAsked() throws IOException {
        Path folder = directory.resolve("run");
        Said said = said(TEN_DAYS + " --price 1 --out " + folder);

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output()).contains("requests bill").containsPattern("0\\.0432");
        List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
        assertThat(summary.get(0))
                .contains(",monthly_bill,noise,lost,pending,monthly_requests,")
                .contains(",held_connections,monthly_fixed_sum,monthly_total,currency,");
        assertThat(summary.get(1)).contains(",0.0432,,0,0,43200,").contains(",,0.0432,,");
        assertThat(folder.resolve("table.md")).content().contains("0.0432 requests bill");
        assertThat(said("report " + folder).output()).contains("requests bill");
        assertThat(folder.resolve("summary.csv")).hasContent(String.join("\n", summary) + "\n");
    }

    /** 43,200 and 21,600 requests at 0.40 USD a million, and 25 + 1.50 USD for the endpoint and someone on call. */
    @Test
    void billsFixedSumsAndTotalsStandInEveryOutput() throws IOException {
        Path folder = directory.resolve("run");
        Said said = said(
                TEN_DAYS + " --out " + folder,
                "--price",
                "0.40 USD",
                "--monthly",
                "webhook=25",
                "--monthly",
                "webhook=1.5,polling=0");

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
        assertThat(summary.get(1)).contains(",0.01728,").contains(",0,0.01728,USD,");
        assertThat(summary.get(2)).contains(",0.00864,").contains(",26.5,26.50864,USD,");
        assertThat(said.output().replaceAll("[ \\n]+", " "))
                .contains("0.0173 USD requests bill", "0 USD fixed sum", "0.0173 USD total a month")
                .contains("0.00864 USD requests bill", "26.50 USD fixed sum", "26.51 USD total a month")
                .contains("fixed sum 0 USD 26.50 USD total a month 0.0173 USD 26.51 USD");
        assertThat(Files.readString(folder.resolve("table.md")))
                .contains("26.50 USD fixed sum", "26.51 USD total a month");
        assertThat(Files.readString(folder.resolve("run.json")))
                .startsWith("{\"schema_version\":7,")
                .contains(
                        "\"pricing\":{\"currency\":\"USD\",\"per_million\":0.4,\"monthly\":{\"webhook\":26.5,\"polling\":0},\"per_million_of\":{}}");
        String page = Files.readString(folder.resolve("report.html")).replaceAll("(?s)<(style|script).*?</\\1>", "");
        assertThat(page.substring(0, page.indexOf("<section")))
                .as("the card at the top")
                .contains("A month: requests bill and fixed sum", "26.51 USD");
        assertThat(said("report --json " + folder).output())
                .contains("\"monthly_fixed_sum\":26.5,\"monthly_total\":26.50864,\"currency\":\"USD\"");
    }

    @Test
    void aPredictionHasAllThreeSumsInItsCurrency() throws IOException {
        JsonNode rows = rows(
                "predict --interval 1m --rate 40/d --consumers 1 --json",
                "--price",
                "0.40 EUR",
                "--monthly",
                "webhook=25");

        assertThat(rows.get(0).path("monthly_bill").asDouble()).isEqualTo(0.01728); // 43,200 polls
        assertThat(rows.get(0).path("monthly_fixed_sum").asDouble()).isZero();
        assertThat(rows.get(1).path("monthly_bill").asDouble()).isCloseTo(0.00048, within(1e-15)); // 1,200 webhooks
        assertThat(rows.get(1).path("monthly_total").asDouble()).isCloseTo(25.00048, within(1e-12));
        assertThat(rows.get(1).path("currency").asText()).isEqualTo("EUR");
        assertThat(said("predict --interval 1m --rate 40/d", "--price", "0.40 eur", "--monthly", "webhook=25 EUR")
                        .output())
                .contains("0.35 EUR  requests a month, times 0.4 EUR a", "25.00 EUR  fixed sum", "total a month");
    }

    @Test
    void aBareNumberIsInTheCurrencyThatAnotherSumNames() throws IOException {
        JsonNode rows = rows("predict --json --price 0.40", "--monthly", "webhook=25 CHF", "--monthly", "polling=3");

        assertThat(rows.get(0).path("currency").asText()).isEqualTo("CHF");
        assertThat(rows.get(0).path("monthly_fixed_sum").asDouble()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "$1", "cheap", "0.40 XYZ", "0.40 XAU", "0.40 dollars", "1e99", "0.1234567890123456"})
    void whatIsNoPriceIsRefused(String price) {
        Said said = Said.by("", List.of("predict", "--price=" + price));
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors())
                .startsWith("pushpull: --price: '" + price + "' is not accepted")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        --monthly=webhook                        | --monthly: 'webhook' is not accepted; accepted: MODE=SUM
        --monthly=webhook=                       | --monthly: '' is not accepted; accepted: a sum
        --monthly=webhook=-5                     | --monthly: '-5' is not accepted; accepted: a sum
        --monthly=webhok=5                       | unknown mode of --monthly 'webhok'; did you mean 'webhook'?
        --monthly=hybrid=5                       | hybrid is none of the modes polling,webhook
        --monthly=webhook=5 USD,polling=4 EUR    | accepted: one currency for all sums
        --monthly=webhook=5 USD;--price=1 EUR    | --monthly: 'webhook=5 USD' is not accepted with --price '1 EUR'
        """)
    void whatIsNoFixedSumIsRefusedInOneLine(String arguments, String words) {
        for (String command : List.of("predict", "simulate --horizon 1h", "sweep --simulate --duration 1h")) {
            List<String> all = new ArrayList<>(List.of(command.split(" ")));
            all.addAll(List.of(arguments.split(";")));
            Said said = Said.by("", all);
            assertThat(said.errors()).as(command).contains(words).hasLineCount(1);
            assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(said.output()).isEmpty();
        }
    }

    private static JsonNode rows(String words, String... further) throws IOException {
        return new ObjectMapper().readTree(said(words, further).output()).path("rows");
    }

    private static Said said(String words, String... further) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(further));
        return Said.by("", all);
    }
}
