package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.testing.PageText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever modes are compared, their losses are mentioned in the same place; and nothing is said where nothing was
 * lost.
 */
class LossesTest {
    private static final Path FOLDER = Path.of("results", "x");

    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#choicesWithoutThrees")
    void headlineAndVerdictsOfEveryOutputCountWhatWasLost(List<String> modes) {
        RunRecord run = run(modes, 90);

        FourClaims table = FourClaims.of(run);
        int sentences = 1 + table.rows().size();
        texts(run).forEach((form, text) -> {
            assertThat(count(text, "Lost: "))
                    .as(form)
                    .isEqualTo(sentences + table.blocks().size());
            modes.forEach(mode -> assertThat(count(text, "(?<![-\\w])" + mode + " 90 of 200 deliveries \\(45\\.0 %\\)"))
                    .as(form + ": how often the loss of " + mode + " is said")
                    .isEqualTo(sentences + blocks(table, mode)));
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#threes")
    void threeModesAtATimeAreTreatedAlike(List<String> modes) {
        headlineAndVerdictsOfEveryOutputCountWhatWasLost(modes);
        headlineAndVerdictsSayNothingOfLossesWhereThereWereNone(modes);
        whereNoEventOccurredEverySentenceSaysSo(modes);
    }

    private static long blocks(FourClaims table, String mode) {
        return table.blocks().stream()
                .filter(block -> block.outcome().mode().equals(mode))
                .count();
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#choicesWithoutThrees")
    void headlineAndVerdictsSayNothingOfLossesWhereThereWereNone(List<String> modes) {
        RunRecord run = run(modes, 0);

        texts(run).forEach((form, text) -> assertThat(text).as(form).doesNotContain("Lost:"));
        assertThat(Answer.sentence(run)).doesNotContainIgnoringCase("lost");
        assertThat(FourClaims.of(run).rows())
                .extracting(row -> row.verdict().sentence())
                .noneMatch(sentence -> sentence.contains("lost"));
    }

    @Test
    void lostAndPendingAreTwoFigures() {
        RunRecord run = Runs.ordinary().lost(6).webhooksMissed(12).run();

        assertThat(Answer.sentence(run))
                .contains("Lost: polling 6 of 600 deliveries (1.00 %), webhook 6 of 600 deliveries (1.00 %).")
                .endsWith("Pending when the time was over: webhook 12 of 600 deliveries (2.00 %).");
    }

    @Test
    void aBillForWhatWasNotDeliveredSaysSo() {
        RunRecord run = run(List.of("polling", "webhook"), 90).priced(Pricing.ofRequests(0.4));

        texts(run).forEach((form, text) -> assertThat(text).as(form).contains("requests bill, 45.0 % lost"));
        assertThat(ModeTable.of(run).lines().stream()
                        .filter(line -> line.label().equals("requests bill"))
                        .flatMap(line -> line.entries().stream()))
                .allMatch(entry -> entry.value().endsWith(", 45.0 % lost"));
    }

    @Test
    void aStatementThatHoldsForWebhooksThatAreLostHoldsInPart() {
        assertThat(FourClaims.of(run(List.of("polling", "webhook"), 90)).rows())
                .filteredOn(row -> !row.feature().equals("Infrastructure"))
                .extracting(row -> row.verdict().standing())
                .doesNotContain(Standing.HOLDS);
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#choicesWithoutThrees")
    void whereNoEventOccurredEverySentenceSaysSo(List<String> modes) {
        RunRecord run = Runs.ordinary()
                .consumers(1)
                .seconds(1)
                .rate(0.01)
                .modes(modes.toArray(String[]::new))
                .run();

        texts(run)
                .forEach((form, text) -> assertThat(text)
                        .as(form)
                        .contains("No event occurred, so there was nothing to deliver")
                        .doesNotContain("no webhook arrived")
                        .doesNotContain("nothing arrived")
                        .doesNotContainPattern("no poll of [-a-z]+ brought an event")
                        .doesNotContain("was run: "));
    }

    private static RunRecord run(List<String> modes, long lost) {
        return Runs.ordinary()
                .seconds(10)
                .modes(modes.toArray(String[]::new))
                .lost(lost)
                .run();
    }

    private static Map<String, String> texts(RunRecord run) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("terminal", oneLine(TerminalReport.render(run, Optional.of(FOLDER), false, true)));
        texts.put("Markdown", oneLine(MarkdownTable.render(run).replace("\\", "")));
        texts.put("HTML", PageText.of(HtmlReport.render(run, List.of())));
        return texts;
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
