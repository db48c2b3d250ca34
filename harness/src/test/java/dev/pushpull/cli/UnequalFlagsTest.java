package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flags of slow and dead endpoints, of quotas in virtual time, and of rates that follow the week. */
class UnequalFlagsTest {
    private static final String DAY = String.join(",", Collections.nCopies(24, "1"));

    @TempDir
    private Path directory;

    private Said run(String arguments) {
        List<String> words = new ArrayList<>();
        for (String word : arguments.split(" ")) {
            words.add(word.replace('_', ' ').replace("DIR", directory.toString()));
        }
        if (!words.get(0).equals("predict") && !words.contains("--out")) {
            words.addAll(List.of("--out", directory.resolve("out").toString()));
        }
        return Said.by("", words);
    }

    private List<JsonNode> rows(String arguments) throws IOException {
        Said said = run(arguments + " --json");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        List<JsonNode> rows = new ArrayList<>();
        new ObjectMapper().readTree(said.output()).path("rows").forEach(rows::add);
        return rows;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        compare --slow 5%                        | --slow: '5%' is not accepted; accepted: SHARE@TIME such as 5%@2s
        compare --slow 5@2s                      | SHARE@TIME
        compare --slow 5%@soon                   | --slow
        simulate --slow 5%@0s                    | --slow
        simulate --slow 0%@2s                    | above 0 % and up to 100 %
        simulate --slow 101%@2s                  | above 0 % and up to 100 %
        simulate --slow 60%@2s --slow 41%@1s     | that add up to 100 % or less
        simulate --slow 60%@2s --dead 41%        | that add up to 100 % or less
        simulate --dead 1%                       | at least one of the 20 consumers, from 5 % on
        simulate --dead 10%@0s                   | --dead
        simulate --dead 10%@2d                   | before the run ends
        simulate --dead 10%@1h@2h                | SHARE@TIME
        what-if --slow 5%@2s                     | --slow
        simulate --profile offcie                | did you mean 'office'?
        simulate --profile DIR/none.csv          | a file that can be read
        simulate --profile-start tue_09:00       | a moment in the week of --profile
        simulate --profile office --profile-start tues | such as 'tue 09:00'
        simulate --profile office --arrivals bursty    | --arrivals: 'bursty' is not accepted here
        compare --profile office                 | no event is due in the 30s from mon 00:00 on
        simulate --speedup 5                     | it is for --trace or --profile
        simulate --quota 5/s --mode long-polling | virtual time does not model it for long-polling
        simulate --quota 5/s --streams shared    | several consumers poll one stream
        """)
    void whatCannotBeHonouredIsRefusedInOneLine(String arguments, String named) {
        Said said = run(arguments);
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1,2,3           | :3: a day of 3 numbers is not accepted
        -1              | :3: a day of 1 numbers
        """)
    void aProfileIsReadLineByLine(String third, String named) throws IOException {
        Path file = directory.resolve("mine.csv");
        Files.writeString(file, "# mine\n" + DAY + "\n" + third + "\n");
        assertThat(run("simulate --profile " + file).errors())
                .startsWith("pushpull: " + file + named)
                .contains("seven lines")
                .hasLineCount(1);
    }

    @Test
    void whatIsWrongInAProfileIsNamed() throws IOException {
        Path file = directory.resolve("mine.csv");
        Files.writeString(file, DAY + "\n" + DAY.replaceFirst("1", "lots"));
        assertThat(run("simulate --profile " + file).errors()).startsWith("pushpull: " + file + ":2: 'lots' is not");
        Files.writeString(file, (DAY + "\n").repeat(6));
        assertThat(run("simulate --profile " + file).errors()).contains("a week of 6 days is not accepted");
        Files.writeString(file, (DAY + "\n").repeat(8));
        assertThat(run("simulate --profile " + file).errors()).contains(":8: an eighth day is not accepted");
        Files.writeString(file, (DAY.replace('1', '0') + "\n").repeat(7));
        assertThat(run("simulate --profile " + file).errors()).contains("a week without a busy hour");
    }

    @Test
    void slowEndpointsShowInTheSlotsAndInWhatOthersWait() throws IOException {
        JsonNode row = rows("simulate --mode webhook --slow 10%@2s --in-flight 4 --horizon 1h --rate 1/s")
                .get(0);
        assertThat(row.path("slots_occupied").asDouble()).isBetween(3.6, 4.0);
        assertThat(row.path("slots_occupied_max").asLong()).isEqualTo(4);
        assertThat(row.path("slot_wait_mean_ms").asDouble()).isPositive();
        assertThat(row.path("latency_mean_ms").asDouble()).isPositive();
        assertThat(run("simulate --mode webhook --slow 10%@2s --in-flight 4 --horizon 1h --rate 1/s --out DIR/again")
                        .output()
                        .replaceAll("\\s+", " "))
                .contains("on average for the in-flight limits (8 an endpoint, 4 in all)");
    }

    @Test
    void aReconcilingPollBringsWhatADeadEndpointRefused() throws IOException {
        List<JsonNode> rows = rows("simulate --mode webhook,hybrid,thin-webhook,batched-webhook --dead 10%@30m --retry"
                + " none --reconcile 1m --horizon 1h --rate 6/m");
        for (JsonNode row : rows) {
            long lost = row.path("expected_deliveries").asLong()
                    - row.path("delivered").asLong();
            if (row.path("mode").asText().equals("webhook")) {
                assertThat(lost).as("beside hybrid it goes without polls").isBetween(1L, 2 * 180L * 2);
            } else {
                assertThat(lost).as(row.path("mode").asText()).isZero();
            }
        }
        assertThat(rows.get(0).path("lost").asDouble())
                .as("two consumers' events of half an hour")
                .isBetween(280.0, 440.0);
    }

    @Test
    void withoutALimitNothingIsSaidOfSlots() throws IOException {
        assertThat(rows("simulate --mode webhook --horizon 1h")
                        .get(0)
                        .path("slots_occupied")
                        .isNull())
                .isTrue();
    }

    @Test
    void aModeWithoutEndpointsIsSaidNotToChange() {
        assertThat(run("simulate --slow 10%@2s --horizon 1h").output().replaceAll("\\s+", " "))
                .contains("polling: --slow and --dead change nothing, since its consumers have no endpoint")
                .doesNotContain("webhook: --slow");
    }

    @Test
    void aQuotaStretchesTheIntervalAsItsClosedFormSays() throws IOException {
        Said said = run("simulate --mode polling --quota 40/m --interval 1s --rate 1/s --horizon 1d --consumers 5");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        JsonNode outcome = new ObjectMapper()
                .readTree(directory.resolve("out/run.json").toFile())
                .path("outcomes")
                .path(0);
        JsonNode figures = outcome.path("prediction").path("figures");
        double polls = outcome.path("counts").path("polls").asDouble();
        double delivered = outcome.path("counts").path("delivered").asDouble();
        // 40 polls at 1 s, one that is refused, and the next at 61 s
        assertThat(polls).isBetween(5 * 86_400 / 61.0 * 41 - 300, 5 * 86_400 / 61.0 * 41 + 300);
        assertThat(polls
                        / delivered
                        / figures.path("requests_per_delivery").path("value").asDouble())
                .isBetween(0.98, 1.02);
        assertThat(outcome.path("counts").path("empty_polls").asDouble()
                        / polls
                        / figures.path("wasted_ratio").path("value").asDouble())
                .isBetween(0.98, 1.02);
    }

    @Test
    void theWasteOfAProfileIsItsIntegral() throws IOException {
        Said said =
                run("simulate --mode polling --profile office --interval 10m --rate 6/h --horizon 28d --consumers 50");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        JsonNode outcome = new ObjectMapper()
                .readTree(directory.resolve("out/run.json").toFile())
                .path("outcomes")
                .path(0);
        double wasted = outcome.path("counts").path("empty_polls").asDouble()
                / outcome.path("counts").path("polls").asDouble();
        double predicted = outcome.path("prediction")
                .path("figures")
                .path("wasted_ratio")
                .path("value")
                .asDouble();
        assertThat(predicted).as("not that of a constant rate").isGreaterThan(Math.exp(-1) + 0.2);
        assertThat(wasted).isBetween(predicted - 0.005, predicted + 0.005);
    }

    @Test
    void aRunShorterThanAWeekIsSaidToBeSo() {
        assertThat(run("simulate --mode webhook --profile office --profile-start tue_09:00 --horizon 2h")
                        .output()
                        .replaceAll("\\s+", " "))
                .contains(
                        "the run sees 2h of the week of --profile, from tue 09:00 on, in which the mean rate is 3.95/s, not 1/s");
    }

    @Test
    void oneSlotIsTheServerOfTheClosedForm() throws IOException {
        JsonNode row = rows("predict --mode webhook --slow 100%@1s --in-flight 1 --consumers 2 --rate 0.35/s")
                .get(0);
        assertThat(row.path("slots_occupied").asDouble()).isCloseTo(0.7, within(1e-9));
        assertThat(row.path("latency_mean_ms").asDouble()).isCloseTo(1166.67, within(0.01));
        JsonNode fanOut = rows("predict --mode webhook --streams shared --in-flight 1 --consumers 20 --rate 1/s"
                        + " --webhook-leg 30ms")
                .get(0);
        assertThat(fanOut.path("latency_mean_ms").asDouble()).isCloseTo(765, within(0.01));
    }

    @Test
    void ofSeveralSlotsOnlyTheOccupiedOnesAreKnown() throws IOException {
        JsonNode row = rows("predict --mode webhook,hybrid --slow 5%@2s --dead 5% --consumers 100 --rate 1/s"
                        + " --retry 0s,5s")
                .get(0);
        assertThat(row.path("slots_occupied").asDouble()).isCloseTo(10, within(1e-9));
        assertThat(row.path("latency_mean_ms").isNull()).isTrue();
        assertThat(row.path("lost_ratio").asDouble()).isCloseTo(0.05, within(1e-9));
        assertThat(row.path("requests_per_delivery").asDouble()).isCloseTo(1.05 / 0.95, within(1e-9));
        assertThat(rows("predict --mode hybrid --slow 5%@2s")
                        .get(0)
                        .path("latency_mean_ms")
                        .isNull())
                .isTrue();
    }

    @Test
    void aWeekMayPassInASecond() throws IOException {
        JsonNode row = rows("simulate --mode webhook --profile office --speedup 604800 --horizon 10s --rate 100/s"
                        + " --consumers 20")
                .get(0);
        assertThat(row.path("events").asDouble()).isBetween(20_000 - 600.0, 20_000 + 600.0);
    }
}
