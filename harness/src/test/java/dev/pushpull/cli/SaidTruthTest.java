package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whole commands say, in cases where a sentence was once false or left out what mattered. */
class SaidTruthTest {
    @TempDir
    private Path directory;

    @Test
    void aSweepWhoseEventsFallOutOfRetentionSaysSoBesideEveryCrossover() throws Exception {
        String said = said(
                "",
                "sweep",
                "--simulate",
                "--interval",
                "1h",
                "--rate",
                "1/s",
                "--duration",
                "1d",
                "--retention",
                "500");

        assertThat(said).containsPattern("fewer requests than webhooks everywhere[^.]*[^L]*Lost: polling [0-9,]+ of");
        assertThat(count(said, "Lost: polling")).isEqualTo(5);
        assertThat(said).containsPattern("polling \\(8\\d\\.\\d % lost\\)");
        assertThat(file("table.md")).contains("Lost: polling").contains("% lost)");
        assertThat(file("report.html")).contains("Lost: polling").contains("A mode with * lost deliveries");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --rate 200/s --interval 1m --quota 5000/h                                    | no interval fits it unless events are lost; an interval of 72.0 s is the shortest that fits it, and 30.6 % of them are lost at that
        --rate 100/s --interval 1m --quota 5000/h --page-limit 10 --arrivals bursty  | no interval fits it unless events are lost, because fetching them all takes 720 % of it or more
        --rate 1/s --interval 1h --quota 5000/h --page-limit 1 --arrivals bursty     | an interval of 2.57 s fits it; whether a shorter one does is not known
        --rate 1/s --interval 1m --quota 5000/h                                      | an interval of 720 ms is the shortest that fits it.
        """)
    void aQuotaIsFittedOnlyWhereEventsAreNotLostForIt(String arguments, String words) {
        String said = said("", ("predict --mode polling " + arguments).split(" +"));

        assertThat(said).contains(words);
    }

    @Test
    void aPredictionSaysWhatIsLostBesideWhatItWeighs() {
        String said = said("", "predict", "--rate", "1/s", "--interval", "1d", "--price", "0.4");

        assertThat(said)
                .containsPattern(
                        "Requests a month, all consumers together: [^.]*polling[^L]*Lost here: polling 88\\.4 % of the events\\.")
                .containsPattern("here λT = 86,400\\. Lost here: polling")
                .contains("0.40 a million; 88.4 % of the events are lost".replace("0.40", "0.4"));
        assertThat(said("", "predict", "--rate", "1/s", "--interval", "1m")).doesNotContainIgnoringCase("lost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"simulate --horizon 1m --interval 10s", "sweep --simulate --duration 1m --interval 10s,20s"})
    void aRunWithoutAnyEventSaysThatNoneOccurred(String command) throws Exception {
        String said = said("", (command + " --rate 1/d --consumers 1").split(" "));

        assertThat(said).contains("No event occurred").doesNotContain("no webhook arrived");
        assertThat(file("table.md")).contains("No event occurred").doesNotContain("no webhook arrived");
        assertThat(file("report.html")).contains("No event occurred").doesNotContain("no webhook arrived");
    }

    @Test
    void afterAnOutageNoIntervalIsSaidToMakePollingAsEarly() {
        assertThat(said("", "simulate", "--rate", "1/m", "--interval", "10s", "--horizon", "3h", "--outage", "30m@1h"))
                .doesNotContain("polling would be as early");
    }

    @Test
    void whatIsOneIsNotSpokenOfAsSeveral() {
        assertThat(said(
                        "",
                        "simulate",
                        "--mode",
                        "long-polling",
                        "--consumers",
                        "1",
                        "--rate",
                        "1/m",
                        "--horizon",
                        "1h"))
                .contains("1 consumer with a stream of its own;", "Cross-checks: 1 of 1 balance.")
                .contains("Only long polling was run: not late (network delay taken as 0)")
                .doesNotContain("was 0 ms late");
    }

    @Test
    void whatIsNeverLateInASimulationIsNotSoOnAverage() throws Exception {
        String said = said("", "simulate", "--rate", "1/m", "--interval", "10s", "--horizon", "3h");

        assertThat(said)
                .contains("Take webhooks rather than polling: not late (network delay taken as 0) instead of")
                .containsPattern("instead of [0-9.]+ s late");
        assertThat(file("table.md"))
                .contains("were not late (network delay taken as 0)")
                .doesNotContain("taken as 0) on average");
    }

    @Test
    void aModeWhoseRequestsNobodyKnowsIsNotLeftOutOfTheQuota() {
        String arguments =
                "predict --mode hybrid,webhook --arrivals bursty --rate 100/s --page-limit 10 --quota 5000/h";

        assertThat(said("", arguments.split(" ")))
                .contains(
                        "Hybrid: how much of the quota one consumer uses is not known; no interval is known to fit it.")
                .doesNotContain("Webhook:");
    }

    @Test
    void severalSimulatedTrialsAreBilledAndExpectedByTheirWholeTime() {
        String said = said(
                "", "simulate --trials 3 --rate 1/m --interval 10s --horizon 10d --consumers 1 --price 1".split(" "));

        assertThat(said).contains("259,200 requests a month").doesNotContain("events came where");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate --horizon 100d", "predict", "sweep --simulate --duration 100d"})
    void ratesAreInTheUnitThatWasGivenWithThreeDigitsAtMost(String command) {
        String said = said("", (command + " --rate 0.005772/m --interval 1h").split(" "));

        assertThat(said).doesNotContainPattern("\\d/d");
        assertThat(said).contains(command.startsWith("sweep") ? "0.005772/m" : "0.00577/m");
        assertThat(Pattern.compile("\\d+\\.\\d*[1-9]\\d*/[mhd]")
                        .matcher(said)
                        .results()
                        .map(found -> found.group()))
                .isNotEmpty()
                .allMatch(rate ->
                        rate.replaceAll("^0\\.0*|[^0-9]", "").length() <= (command.startsWith("sweep") ? 4 : 3));
    }

    private String said(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!arguments[0].equals("predict")) {
            all.addAll(List.of("--out", directory.resolve("results").toString()));
        }
        Said said = Said.by(input, all);
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        return said.output().replaceAll("\\s+", " ").replace("lambda*", "λ");
    }

    private String file(String name) throws Exception {
        return Files.readString(directory.resolve("results").resolve(name))
                .replace("\\", "")
                .replace("&#39;", "'")
                .replace("\u00a0", " ");
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
