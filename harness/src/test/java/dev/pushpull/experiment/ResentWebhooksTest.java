package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.experiment.run.Audit;
import dev.pushpull.experiment.run.CountedTrial;
import dev.pushpull.experiment.run.TrialBooks;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recorder.Via;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books of a run in which a webhook met a connection just closed and was sent again over a fresh one. */
@Tag("live")
class ResentWebhooksTest {
    private static final int REQUEST_BYTES = 100;
    private static final int ANSWER_BYTES = 50;

    /** One event, one attempt, two sendings, and the number of these that the receiver accepted. */
    private static Outcome audited(int taken, long resent) throws InterruptedException {
        Scenario scenario = ComparisonTest.scenario(
                new PoissonArrivals(1), Scenario.Streams.PER_CONSUMER, 1, ComparisonTest.SECOND, ComparisonTest.SECOND);
        Recorder recorder = new Recorder(1);
        recorder.start(0, ComparisonTest.SECOND);
        recorder.occurred(1);
        recorder.delivered(0, 1, 1, 2, Via.PUSH);
        for (int i = 1; i < taken; i++) {
            recorder.repeated(Via.PUSH);
        }
        Exchange exchange =
                new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], 2 * REQUEST_BYTES, ANSWER_BYTES, "");
        recorder.begin(Exchanges.ATTEMPT, 0, 1).over(1, 3, exchange);
        TrialBooks books = new TrialBooks(
                recorder.record(),
                new ProviderBooks(
                        WireTotals.NONE,
                        new WireTotals(1, 2 * REQUEST_BYTES, ANSWER_BYTES, 2),
                        List.of(acknowledged(Side.RECEIVED, 1)),
                        List.of(),
                        0,
                        0,
                        1,
                        List.of(),
                        Map.of(),
                        0,
                        0,
                        resent),
                new ConsumerBooks(
                        WireTotals.NONE,
                        new WireTotals(taken, taken * REQUEST_BYTES, taken * ANSWER_BYTES, 2),
                        List.of(acknowledged(Side.SENT, taken)),
                        Map.of("http://127.0.0.1/", 0),
                        Map.of(),
                        List.of(),
                        List.of()),
                1,
                Map.of(0, 1L),
                Map.of(),
                List.of(),
                0);
        return new Audit(
                        new CountedTrial(() -> books, "webhook"),
                        scenario,
                        Noise.none(),
                        Map.of(),
                        ComparisonTest.SECOND)
                .outcome();
    }

    private static Counter acknowledged(Side side, long count) {
        return new Counter(Exchanges.ACKNOWLEDGED, side, "counted", count, Begins.PROVIDER, 1, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theBooksBalanceWhetherTheReceiverTookTheFirstOneOrNotAndSayThatItWasSentAgain(int taken) throws Exception {
        Outcome outcome = audited(taken, 1);

        assertThat(outcome.ledger().unbalanced()).isEmpty();
        assertThat(outcome.invalid()).isEmpty();
        assertThat(outcome.ledger().accounts())
                .filteredOn(account -> account.what().equals("requests to the receiver"))
                .extracting(Account::debit)
                .containsExactly(Map.of("webhook attempts", 1L, "sent again over a fresh connection", 1L));
        assertThat(outcome.counts().attempts()).isEqualTo(1);
        assertThat(outcome.counts().duplicates()).isEqualTo(taken - 1L);
    }

    @Test
    void whatWasSentTwiceWithoutBeingCountedIsFound() throws Exception {
        assertThat(audited(2, 0).ledger().unbalanced())
                .extracting(Account::what)
                .contains("requests to the receiver");
    }
}
