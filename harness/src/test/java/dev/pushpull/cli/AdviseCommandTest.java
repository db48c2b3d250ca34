package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.scenario.AdviceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviseCommandTest {
    private static final String MIRROR = "advise --rate 40/d --consumers 600 --need latency_p95<1m --quota 5000/h";

    @TempDir
    private Path directory;

    @Test
    void theAnswerIsASentenceWithItsSettingsAndTheSecondBest() {
        Said said = said(MIRROR + " --offers polling,webhook");

        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(said.output())
                .contains("Take webhooks:")
                .contains("The second best is polling with --interval 62.8s")
                .contains("Measure it: pushpull compare --mode webhook");
    }

    /** 0.95 T below a minute, with half a per cent to spare. */
    @Test
    void theIntervalIsThatWhichTheBoundAllows() throws IOException {
        JsonNode polling =
                rows(MIRROR + " --offers polling --no-public-endpoint --json").get(0);

        assertThat(polling.path("rank").asInt()).isEqualTo(1);
        assertThat(polling.path("feasible").asBoolean()).isTrue();
        assertThat(polling.path("binding").asText()).isEqualTo("latency_p95<1m");
        assertThat(polling.path("answer").asText()).isEqualTo("predicted");
        assertThat(polling.path("interval_s").asDouble()).isBetween(0.99 * 60 / 0.95, 60 / 0.95);
        assertThat(polling.path("settings").asText()).isEqualTo("--interval 62.8s");
        assertThat(polling.path("latency_p95_ms").asDouble()).isLessThan(60_000);
    }

    @Test
    void rowsHaveTheColumnsThatWereAskedForInTheirOrder() throws IOException {
        List<String> names = new ArrayList<>();
        rows(MIRROR + " --json").get(0).fieldNames().forEachRemaining(names::add);

        assertThat(names)
                .startsWith("rank", "mode", "feasible", "binding", "answer", "interval_s", "settings")
                .endsWith(
                        "latency_p95_ms",
                        "currency",
                        "lost_ratio",
                        "quota_share",
                        "monthly_cost_consumer",
                        "monthly_cost_provider",
                        "held_connections")
                .isEqualTo(AdviceRecord.columns());
    }

    @Test
    void whatCannotBeHadIsExcludedWithItsReason() {
        Said said = said("advise --rate 40/d --need latency_p95<1m --no-public-endpoint --no-long-connections");

        assertThat(said.output())
                .contains("webhook: webhooks need a public endpoint at each consumer")
                .contains("long-polling: long polling holds connections open");
    }

    @Test
    void aQuotaThatExcludesPollingIsNamedWithWhatItWouldTake() {
        Said said = said("advise --rate 40/d --need latency_p95<400ms --quota 5000/h --offers polling,webhook");

        assertThat(said.exitCode()).isZero();
        assertThat(said.output().replaceAll("\\s+", " "))
                .contains("the quota allows 5,000/h a stream; a p95 below 400ms by polling needs 8,550/h");
    }

    /** With an interval of hours, the provider drops most events before they are polled. */
    @Test
    void requestsAreNotSavedByLosingEvents() throws IOException {
        JsonNode polling = rows("advise --rate 1/s --offers polling --json").get(0);

        assertThat(polling.path("lost_ratio").asDouble()).isLessThan(0.01);
        assertThat(rows("advise --rate 1/s --offers polling --need lost_ratio<0.9 --json")
                        .get(0)
                        .path("lost_ratio")
                        .asDouble())
                .isGreaterThan(0.1);
    }

    @Test
    void whereNothingIsFeasibleTheLeastToGiveIsNamed() {
        Said said = said(
                "advise --rate 40/d --need latency_p95<400ms --quota 5000/h --offers polling,webhook --no-public-endpoint");

        assertThat(said.exitCode()).isEqualTo(ExitCode.ASSERTION_FAILED);
        assertThat(said.errors().lines())
                .singleElement()
                .asString()
                .startsWith("pushpull: nothing is feasible; least to give: ");
        assertThat(said.output()).contains("no public endpoint: webhooks would meet every need");
    }

    @Test
    void everyFileIsMadeAndMadeAgain() throws IOException {
        Path folder = directory.resolve("advice");
        Said said = said(MIRROR + " --prices aws-http-lambda --out " + folder);

        assertThat(said.exitCode()).as(said.errors()).isZero();
        String figures = Files.readString(folder.resolve("advice.csv"));
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(figures).startsWith("rank,mode,feasible,binding,answer,interval_s,settings,");
        assertThat(folder.resolve("advice.md")).content().contains("| mode | settings | answer |");
        assertThat(page).contains("id=\"pareto\"").contains("set by");
        assertThat(said("report " + folder).output()).contains("Take ");
        assertThat(folder.resolve("advice.csv")).hasContent(figures);
        assertThat(folder.resolve("report.html")).hasContent(page);
    }

    @Test
    void eachFormulaIsExplainedWithItsNumbers() {
        Said said = said(MIRROR + " --offers polling --explain");

        assertThat(said.output().replaceAll("\\s+", " "))
                .contains("How polling is calculated")
                .contains("latency_p95_ms = 0.95 T + v = 0.95 62.8 + 0 =");
    }

    @Test
    void aProviderSeesWhatItSendsAndHolds() {
        Said said = said("advise --rate 2/m --consumers 50000 --need latency_p95<1m --quota 1/m --as provider"
                + " --slow 5%@10s --dead 1% --offers polling,webhook");

        assertThat(said.exitCode()).as(said.errors()).isZero();
        assertThat(said.output())
                .contains("Seen from the provider")
                .contains("slots in flight")
                .contains("polling at the quota (predicted): polls/s 833");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --need latency_p59<1m                          | unknown metric of --need 'latency_p59'; did you mean 'latency_p50'?
            --need latency_p95<1m --need latency_p95<2m    | --need: 'latency_p95<2m' is not accepted with 'latency_p95<1m'
            --need latency_p95>1m                          | --need: 'latency_p95>1m' is not accepted
            --need latency_p95<soon                        | --need latency_p95: 'soon' is not accepted
            --need lost_ratio<0                            | --need lost_ratio: '0' is not accepted
            --need monthly_cost<5                          | --need: 'monthly_cost<5' is not accepted without prices
            --minimise monthly_cost                        | --minimise: 'monthly_cost' is not accepted without prices
            --minimise latency                             | unknown objective of --minimise 'latency'
            --outage 8d/7d                                 | --outage: '8d/7d' is not accepted
            --outage 7d/7d                                 | --outage: '7d/7d' is not accepted; accepted: LENGTH/PERIOD with a LENGTH below the PERIOD
            --outage 10m@2h                                | --outage: '10m@2h' is not accepted; accepted: LENGTH/PERIOD
            --offers polling,webhok                        | unknown mode 'webhok'; did you mean 'webhook'?
            --offers polling,polling                       | --offers: 'polling,polling' is not accepted; accepted: each mode once
            --prices aws-http-lamda                        | unknown price list 'aws-http-lamda'; did you mean 'aws-http-lambda'?
            --min-interval 5                               | --min-interval: '5' is not accepted
            --capacity nowhere                             | --capacity: 'nowhere' is not accepted here; accepted with --as provider
            --slow 5%@2s                                   | --slow: '5%@2s' is not accepted here; accepted with --as provider
            --as provider --consumers 600 --dead 1%@2h     | --dead: SHARE@TIME is not accepted here
            --slow-share 0.05                              | unknown flag '--slow-share'
            --isolate                                      | --isolate
            """)
    void badInputIsOneLineAndExitCodeTwo(String flags, String says) {
        Said said = said("advise " + flags);

        assertThat(said.exitCode()).as(said.output()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors().lines()).singleElement().asString().startsWith("pushpull: " + says);
        assertThat(said.output()).isEmpty();
    }

    @Test
    void aPriceOfARequestCanDifferFromModeToMode() throws IOException {
        JsonNode rows = rows("predict --interval 1s --rate 1/s --consumers 1 --json --price polling=0,webhook=1.20USD");

        assertThat(rows.get(0).path("monthly_bill").asDouble()).isZero();
        assertThat(rows.get(1).path("monthly_bill").asDouble()).isEqualTo(30 * 86_400 * 1.2 / 1e6);
        assertThat(rows.get(1).path("currency").asText()).isEqualTo("USD");
    }

    static Said said(String command) {
        return Said.by("", List.of(command.strip().split(" +")));
    }

    static JsonNode rows(String command) throws IOException {
        Said said = said(command);
        assertThat(said.errors()).isEmpty();
        return new ObjectMapper().readTree(said.output()).path("rows");
    }
}
