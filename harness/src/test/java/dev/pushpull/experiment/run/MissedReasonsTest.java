package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.ConsumerBooks.GivenUp;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class MissedReasonsTest {
    private static final ModeTraits TELLS_AND_IS_READ =
            new ModeTraits(Begins.BOTH, Set.of(), "notices", true, "It tells, and is read.", 0);

    /** One consumer lacks the second and the third of three events, and has passed over some. */
    private static Map<String, Long> missed(List<Long> passedOver) {
        Scenario scenario = ScenarioDraft.poisson(1, 10).scenario();
        Recorder recorder = new Recorder(1);
        recorder.begin(Exchanges.POLL, 0, 0)
                .over(0, 1, new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], 1, 1, ""));
        ConsumerBooks consumers = new ConsumerBooks(
                WireTotals.NONE,
                WireTotals.NONE,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                passedOver.stream()
                        .map(sequence -> new GivenUp(0, sequence - 1, sequence, MissReason.PASSED_OVER))
                        .toList());
        ProviderBooks provider = new ProviderBooks(
                WireTotals.NONE, WireTotals.NONE, List.of(), List.of(), 0, 0, 0, List.of(), Map.of(), 0, 0, 0);
        TrialBooks books = new TrialBooks(
                recorder.record(), provider, consumers, 3, Map.of(0, 3L), Map.of(0, List.of(2L, 3L)), List.of(), 0);
        return MissedReasons.of(books, scenario, TELLS_AND_IS_READ);
    }

    @Test
    void whatAConsumerPassedOverIsMissedForThatReasonAlone() {
        String pending = MissReason.all(List.of(MissReason.NOT_PROCESSED.text(), MissReason.NOT_FETCHED.text()));
        assertThat(missed(List.of())).isEqualTo(Map.of(pending, 2L));
        assertThat(missed(List.of(2L))).isEqualTo(Map.of(MissReason.PASSED_OVER.text(), 1L, pending, 1L));
        assertThat(missed(List.of(1L, 2L, 3L)))
                .as("whatever it holds")
                .isEqualTo(Map.of(MissReason.PASSED_OVER.text(), 2L));
    }
}
