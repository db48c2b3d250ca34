package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The result of a run: all modes ranked, each difference weighed by its size. */
class HeadlineTest {
    @Test
    void namesTheRivalAndWhatEachCostsBesidesFigures() {
        assertThat(answer(Runs.ordinary()))
                .startsWith("Take webhooks rather than polling: ")
                .contains(" times sooner)", "1.00 requests per delivered event instead of 2.00", "15.0 % fewer bytes")
                .endsWith("Webhooks need a public endpoint, polling does not.");
    }

    @Test
    void modesThatNothingLargeSetsApartAreNamedTogether() {
        assertThat(answer(Runs.ordinary().rate(2).webhookBytes(1_800).modes("long-polling", "polling", "webhook")))
                .startsWith("Webhooks or long polling: both under a millisecond late, ")
                .contains("; webhooks need a public endpoint, long polling holds a connection for each consumer.");
    }

    @Test
    void aMillisecondIsAtOnceAndSeveralAreNot() {
        Runs equalRequests = Runs.ordinary()
                .intervalMillis(4)
                .rate(250)
                .consumers(2)
                .seconds(10)
                .webhookBytes(1_840);
        assertThat(answer(equalRequests))
                .startsWith("Take webhooks rather than polling: 203 µs late instead of 4.96 ms");
    }

    @Test
    void aFewPerCentOfTheBytesDoNotOutweighAThousandTimes() {
        assertThat(answer(Runs.ordinary().webhookBytes(2_500)))
                .startsWith("Take webhooks rather than polling: ")
                .contains(", though 13.6 % more bytes.");
    }

    @Test
    void itDependsWhereEachHasSomethingLargeInItsFavour() {
        assertThat(answer(Runs.ordinary().rate(6)))
                .startsWith("It depends. Webhooks: ")
                .contains("Polling: 0.333 requests per delivered event instead of 1.00");
        assertThat(answer(Runs.ordinary().webhooksMissed(30))).contains("Polling: 100 % delivered instead of 95.0 %");
    }

    @Test
    void aDifferenceWithinTheIntervalsIsNone() {
        assertThat(answer(Runs.ordinary().modes("polling", "adaptive-polling")))
                .startsWith("Polling or adaptive polling: ")
                .doesNotContain("Take", "sooner", "depends");
    }

    @Test
    void everyModeThatRanIsRanked() {
        assertThat(answer(Runs.ordinary()
                        .modes(
                                "polling",
                                "conditional-polling",
                                "adaptive-polling",
                                "long-polling",
                                "webhook",
                                "hybrid")))
                .containsIgnoringCase("webhooks")
                .contains("the hybrid")
                .containsIgnoringCase("conditional polling")
                .containsIgnoringCase("adaptive polling")
                .containsIgnoringCase("long polling")
                .containsPattern("(?i)(?<!(conditional|adaptive|long) )polling");
    }

    @Test
    void manyModesBehindTheBestAreOnlyNamed() {
        String answer = answer(Runs.ordinary()
                .modes("polling", "conditional-polling", "adaptive-polling", "long-polling", "webhook", "hybrid"));

        assertThat(answer).containsPattern("Behind: [a-z ,]+ and [a-z ]+\\.$").hasSizeLessThan(400);
        assertThat(answer(Runs.ordinary().modes("polling", "conditional-polling", "webhook")))
                .as("few with their figures")
                .containsPattern("Behind: [a-z ]+, [0-9.]+ ms late, ");
    }

    @Test
    void aModeThatCostsNoneOfWhatTheOthersCostIsSaidToDoNeither() {
        ModeTraits asking = new ModeTraits(Begins.CONSUMER, Set.of(Trait.CLOCKED), "polling", false, "It asks.", 0);
        ModeTraits dear = new ModeTraits(
                Begins.PROVIDER, Set.of(Trait.LISTENS, Trait.HOLDS_CONNECTIONS), "sockets", true, "They send.", 1);
        assertThat(answer(Runs.ordinary().declared(List.of(asking, dear))))
                .endsWith(
                        "Sockets need a public endpoint and hold a connection for each consumer, polling does neither.");
    }

    @Test
    void whatTwoCostAlikeIsSaidOnce() {
        assertThat(answer(Runs.ordinary().modes("webhook", "hybrid")))
                .containsIgnoringCase("both need a public endpoint, the hybrid polls as well.");
    }

    @Test
    void theIntervalIsOnlySaidOfModesThatWaitForIt() {
        assertThat(asked(Runs.ordinary())).contains("at 1/s a stream, polled every 500 ms (λT = 0.5), 20 consumers");
        assertThat(asked(Runs.ordinary().modes("polling", "long-polling"))).contains("polled every 500 ms");
        assertThat(asked(Runs.ordinary().modes("long-polling", "webhook")))
                .contains("at 1/s a stream, 20 consumers")
                .doesNotContain("polled");
    }

    private static String asked(Runs runs) {
        return Answer.scenario(runs.run());
    }

    private static String answer(Runs runs) {
        return Answer.sentence(runs.run());
    }
}
