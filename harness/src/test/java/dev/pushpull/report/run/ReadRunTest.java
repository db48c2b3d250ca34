package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.BurstyArrivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code run.json}, even of an older version, is read back or refused in one line. */
class ReadRunTest {
    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWroteAndWritesTheSameBytesAgain() throws IOException {
        Path second = Files.createDirectory(folder.resolve("second"));
        RunRecord run = Runs.ordinary()
                .arrivals(BurstyArrivals.ofMeanRate(1))
                .webhooksMissed(2)
                .invalid("a reason")
                .but(made -> made.with(
                        List.of(),
                        List.of(
                                AgreementLine.judged(
                                        "polling",
                                        "latency_p50_ms",
                                        OptionalDouble.of(250.5),
                                        251,
                                        1e-5,
                                        OptionalDouble.of(250),
                                        25),
                                AgreementLine.judged(
                                        "webhook",
                                        "latency_p99_ms",
                                        OptionalDouble.empty(),
                                        0.2,
                                        0,
                                        OptionalDouble.empty(),
                                        25))))
                .run();
        RunResults.write(run, folder);

        RunRecord read = RunResults.read(folder);
        RunResults.write(read, second);

        assertThat(read.scenario()).isEqualTo(run.scenario());
        assertThat(read.outcomes().get(1).counts())
                .isEqualTo(run.outcomes().get(1).counts());
        for (String file :
                List.of("run.json", "summary.csv", "agreement.csv", "timeline.csv", "table.md", "report.html")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
    }

    @Test
    void ignoresPropertiesItDoesNotKnowAndTakesAListThatIsNotThereForEmpty() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);
        Files.writeString(
                folder.resolve("run.json"),
                text("run.json")
                        .replace("{\"schema_version\"", "{\"later\":{\"a\":[1]},\"schema_version\"")
                        .replace(",\"partial\":false,\"warnings\":[]}", ",\"partial\":false}"));

        assertThat(RunResults.read(folder).warnings()).isEmpty();
    }

    @Test
    void aRunOfBeforeThereWereWiresWasOverLoopback() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);
        String before = text("run.json")
                .replace("{\"schema_version\":6", "{\"schema_version\":1")
                .replaceAll("\"wire\":\\{[^}]*}},", "");
        assertThat(before).doesNotContain("rtt_nanos");
        Files.writeString(folder.resolve("run.json"), before);

        assertThat(RunResults.read(folder).scenario().wire()).isEqualTo(Scenario.Wire.LOOPBACK);
    }

    @Test
    void aRunOfBeforeTraitsWereStoredGetsThoseOfItsModes() throws IOException {
        RunRecord run = Runs.ordinary().modes("hybrid", "webhook", "polling").run();
        RunResults.write(run, folder);
        String before = text("run.json")
                .replace("{\"schema_version\":6", "{\"schema_version\":2")
                .replaceAll(",\"traits\":\\{[^}]*}", "");
        assertThat(before).doesNotContain("traits");
        Files.writeString(folder.resolve("run.json"), before);

        assertThat(RunResults.read(folder).outcomes())
                .extracting(Outcome::traits)
                .containsExactlyElementsOf(
                        run.outcomes().stream().map(Outcome::traits).toList());
    }

    @Test
    void aRunOfBeforeSteadinessWasLookedAtDoesWithout() throws IOException {
        RunResults.write(Runs.ordinary().stillWarming().run(), folder);
        assertThat(RunResults.read(folder).outcomes())
                .extracting(outcome -> outcome.conditions().steadiness().level())
                .containsOnly(SteadinessVerdict.Level.STILL_WARMING);
        String before = text("run.json")
                .replace("{\"schema_version\":6", "{\"schema_version\":3")
                .replaceAll(",\"(floor_)?steadiness\":\\{.*?]}", "");
        assertThat(before).doesNotContain("steadiness");
        Files.writeString(folder.resolve("run.json"), before);

        RunRecord read = RunResults.read(folder);
        assertThat(read.outcomes())
                .extracting(outcome -> outcome.conditions().steadiness())
                .containsOnly(SteadinessVerdict.UNKNOWN);
        RunResults.write(read, folder);
        assertThat(text("report.html")).doesNotContain("Over the measured time");
    }

    @Test
    void aRunOfBeforeThereWereCurrenciesKeepsItsPrice() throws IOException {
        RunResults.write(Runs.ordinary().run().priced(Pricing.ofRequests(0.4)), folder);
        String before = text("run.json")
                .replace("{\"schema_version\":6", "{\"schema_version\":4")
                .replaceAll("\"pricing\":\\{.*?}}", "\"price_per_million\":0.4");
        assertThat(before).contains("\"price_per_million\":0.4").doesNotContain("pricing");
        Files.writeString(folder.resolve("run.json"), before);

        assertThat(RunResults.read(folder).pricing()).isEqualTo(Pricing.ofRequests(0.4));
        Files.writeString(folder.resolve("run.json"), before.replace("million\":0.4", "million\":null"));
        assertThat(RunResults.read(folder).pricing()).isEqualTo(Pricing.NONE);
        Files.writeString(folder.resolve("run.json"), before.replace("\"price_per_million\":0.4,", ""));
        assertThat(RunResults.read(folder).pricing()).isEqualTo(Pricing.NONE);
    }

    @Test
    void theWebhooksOfARunOfBeforeThereWasAChoiceWereSentByOurOwnClient() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);
        String before = text("run.json").replace(",\"sender\":\"OWN\"", "");
        assertThat(before).doesNotContain("\"sender\"");
        Files.writeString(folder.resolve("run.json"), before);

        assertThat(RunResults.read(folder).scenario().webhooks().sender()).isEqualTo(WebhookSender.OWN);
    }

    @Test
    void theOutagesOfARunOfBeforeTheyCouldBeRepeatedCameOnceAndNoAnswerWasLost() throws IOException {
        Outage once = new Outage(5_000, 300);
        RunRecord run = Runs.ordinary()
                .faults(Scenario.Faults.NONE.withOutages(List.of(once)).withFailureRate(0.25))
                .run();
        RunResults.write(run, folder);
        String before = text("run.json")
                .replace("{\"schema_version\":6", "{\"schema_version\":5")
                .replace(",\"period_nanos\":0,\"times\":1", "")
                .replace(",\"duplicate_rate\":0.0", "")
                .replace(",\"duplicate_rate\":0", "");
        assertThat(before).doesNotContain("period_nanos").doesNotContain("duplicate_rate");
        Files.writeString(folder.resolve("run.json"), before);

        Scenario.Faults read = RunResults.read(folder).scenario().faults();
        assertThat(read.failureRate()).isEqualTo(0.25);
        assertThat(read.duplicateRate()).isZero();
        assertThat(Outage.single(read.outages())).containsExactly(once);
    }

    @Test
    void refusesTraitsThatNoModeCanHave() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);
        String whole = text("run.json");
        for (String wrong : List.of("\"colour\":99", "\"colour\":-1")) {
            Files.writeString(folder.resolve("run.json"), whole.replaceFirst("\"colour\":0", wrong));
            assertRefused("run.json");
        }
        Files.writeString(folder.resolve("run.json"), whole.replaceFirst("\"begins\":\"CONSUMER\"", "\"begins\":null"));
        assertRefused("run.json");
    }

    @Test
    void aWireIsReadBack() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);
        String wired = text("run.json")
                .replaceAll("\"wire\":\\{[^}]*}}", "\"wire\":{\"tls\":true,\"rtt_nanos\":7,\"keep_alive_nanos\":0}");
        Files.writeString(folder.resolve("run.json"), wired);

        assertThat(RunResults.read(folder).scenario().wire()).isEqualTo(new Scenario.Wire(true, 7, 0));
    }

    @Test
    void refusesAFolderWithoutARun() {
        assertRefused("a results folder with a run.json");
    }

    @Test
    void refusesATruncatedRecord() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);
        String whole = text("run.json");
        for (int length : new int[] {0, 1, 40, whole.length() / 2, whole.length() - 3}) {
            Files.writeString(folder.resolve("run.json"), whole.substring(0, length));
            assertRefused("run.json");
        }
    }

    @Test
    void refusesANewerSchemaAndWhatIsNoRecord() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"schema_version\":99}");
        assertRefused("a newer pushpull wrote this run");
        Files.writeString(folder.resolve("run.json"), "[1,2]");
        assertRefused("schema_version");
        Files.writeString(folder.resolve("run.json"), "{\"schema_version\":1}");
        assertRefused("a complete run.json");
        Files.write(folder.resolve("run.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertRefused("run.json");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> RunResults.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
