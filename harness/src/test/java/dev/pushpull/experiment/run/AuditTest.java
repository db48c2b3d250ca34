package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.http.Carried;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken exchange explains what it can have lost itself, and nothing more. */
class AuditTest {
    private static final long SENT_BYTES = 300;

    private final Scenario scenario = ScenarioDraft.poisson(1, 10).pageLimit(10).scenario();
    private final Recorder recorder = new Recorder(1);

    private void broken(Kind kind) {
        recorder.start(0, 10_000_000_000L);
        Exchange exchange = new Exchange(Ending.CUT_OFF, 0, Headers.EMPTY, new byte[0], SENT_BYTES, 0, "broken");
        recorder.begin(kind, 0, 1).over(1, 2, exchange);
    }

    private List<String> failures = List.of();
    private List<String> warnings = List.of();

    private Counter eventsInPolls(Side side, long events) {
        return new Counter(
                Exchanges.EVENTS_IN_POLLS,
                side,
                "counted",
                events,
                Begins.CONSUMER,
                scenario.polling().pageLimit(),
                true);
    }

    /** One broken exchange of a client that sent and received these bytes, with a server that counted these. */
    private List<String> unbalanced(String mode, WireTotals client, WireTotals server, long eventsServed)
            throws InterruptedException {
        return outcome(mode, client, server, eventsServed).ledger().unbalanced().stream()
                .map(Ledger.Account::what)
                .toList();
    }

    private Outcome outcome(String mode, WireTotals client, WireTotals server, long eventsServed)
            throws InterruptedException {
        boolean polls = mode.equals("polling");
        TrialBooks books = new TrialBooks(
                recorder.record(),
                new ProviderBooks(
                        polls ? server : WireTotals.NONE,
                        polls ? WireTotals.NONE : client,
                        List.of(eventsInPolls(Side.SENT, eventsServed)),
                        List.of(),
                        0,
                        eventsServed,
                        0,
                        List.of(),
                        Map.of(),
                        0,
                        0,
                        0),
                new ConsumerBooks(
                        polls ? client : WireTotals.NONE,
                        polls ? WireTotals.NONE : server,
                        List.of(eventsInPolls(Side.RECEIVED, 0)),
                        Map.of(),
                        Map.of(),
                        warnings,
                        List.of()),
                0,
                Map.of(),
                Map.of(),
                failures,
                0);
        return new Audit(new CountedTrial(() -> books, mode), scenario, Noise.none(), Map.of(), 10_000_000_000L, 0)
                .outcome();
    }

    @Test
    void aBrokenPollMayLoseItsRequestAndAPage() throws Exception {
        broken(Exchanges.POLL);
        WireTotals client = new WireTotals(1, SENT_BYTES, 0, 1);
        assertThat(unbalanced("polling", client, new WireTotals(1, 10_000, 0, 1), 10))
                .isEmpty();
    }

    @Test
    void aBrokenPollExcusesAPageAndNotAByteOrAnEventMore() throws Exception {
        broken(Exchanges.POLL);
        MostLost most = new MostLost(scenario);
        long pageLimit = scenario.polling().pageLimit();
        WireTotals client = new WireTotals(1, SENT_BYTES, 0, 1);
        assertThat(unbalanced("polling", client, new WireTotals(1, most.answerBytes(1, pageLimit), 0, 1), pageLimit))
                .isEmpty();
        assertThat(unbalanced(
                        "polling", client, new WireTotals(1, most.answerBytes(1, pageLimit) + 1, 0, 1), pageLimit))
                .containsExactly("bytes from the provider");
        assertThat(unbalanced(
                        "polling", client, new WireTotals(1, most.answerBytes(1, pageLimit), 0, 1), pageLimit + 1))
                .containsExactly("events in polls");
    }

    @Test
    void aBrokenAttemptExcusesAnAcknowledgementAndNotAByteMore() throws Exception {
        broken(Exchanges.ATTEMPT);
        long most = new MostLost(scenario).answerBytes(1, 0);
        WireTotals client = new WireTotals(1, SENT_BYTES, 0, 1);
        assertThat(unbalanced("webhook", client, new WireTotals(1, most, 0, 1), 0))
                .isEmpty();
        assertThat(unbalanced("webhook", client, new WireTotals(1, most + 1, 0, 1), 0))
                .containsExactly("bytes from the receiver");
    }

    @Test
    void aBrokenPollDoesNotExcuseWhatOthersLost() throws Exception {
        broken(Exchanges.POLL);
        recorder.begin(Exchanges.POLL, 0, 2)
                .over(2, 3, new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], SENT_BYTES, 0, ""));
        WireTotals client = new WireTotals(2, 2 * SENT_BYTES, 0, 1);
        assertThat(unbalanced("polling", client, new WireTotals(2, 5_000_000, SENT_BYTES - 1, 1), 11))
                .containsExactly("bytes to the provider", "bytes from the provider", "events in polls");
    }

    @Test
    void aBrokenAttemptDoesNotExcuseWhatOthersLost() throws Exception {
        broken(Exchanges.ATTEMPT);
        recorder.begin(Exchanges.ATTEMPT, 0, 2)
                .over(2, 3, new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], SENT_BYTES, 0, ""));
        WireTotals client = new WireTotals(2, 2 * SENT_BYTES, 0, 1);
        assertThat(unbalanced("webhook", client, new WireTotals(2, 100_000, SENT_BYTES - 1, 1), 0))
                .contains("bytes to the receiver", "bytes from the receiver");
    }

    /** Two connections, one of which broke, with the counts of its ends. */
    private static WireTotals oneBroke(long sent, long received, Carried broken) {
        return new WireTotals(
                2,
                sent + broken.bytesSent(),
                received + broken.bytesReceived(),
                2,
                WireTotals.NONE.outside(),
                Map.of(5000, List.of(broken)));
    }

    /** A request that arrived except for 50 bytes, and 900 bytes of an answer with 7 events, of which 100 came back. */
    private static final Carried ASKED = new Carried(SENT_BYTES, 100, 1, 0);

    private static final Carried ANSWERED = new Carried(900, SENT_BYTES - 50, 1, 7);

    private void brokenAndWhole(Kind kind) {
        broken(kind);
        Exchange whole = new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], SENT_BYTES, 400, "");
        recorder.begin(kind, 0, 2).over(2, 3, whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "webhook"})
    void aBrokenExchangeExplainsWhatItsOwnConnectionLost(String mode) throws Exception {
        brokenAndWhole(mode.equals("polling") ? Exchanges.POLL : Exchanges.ATTEMPT);
        WireTotals client = oneBroke(SENT_BYTES, 400, ASKED);
        WireTotals server = oneBroke(400, SENT_BYTES, ANSWERED);
        assertThat(unbalanced(mode, client, server, mode.equals("polling") ? 7 : 0))
                .doesNotContain(
                        "bytes to the provider",
                        "bytes from the provider",
                        "events in polls",
                        "bytes to the receiver",
                        "bytes from the receiver");
    }

    @ParameterizedTest
    @CsvSource({
        "polling, 401, 300, 7, bytes from the provider",
        "polling, 400, 299, 7, bytes to the provider",
        "polling, 400, 300, 8, events in polls",
        "webhook, 401, 300, 0, bytes from the receiver",
        "webhook, 400, 299, 0, bytes to the receiver"
    })
    void aByteOrAnEventThatAnotherConnectionLostIsNotExplainedByIt(
            String mode, long sent, long received, long events, String unbalanced) throws Exception {
        brokenAndWhole(mode.equals("polling") ? Exchanges.POLL : Exchanges.ATTEMPT);
        WireTotals client = oneBroke(SENT_BYTES, 400, ASKED);
        WireTotals server = oneBroke(sent, received, ANSWERED);
        assertThat(unbalanced(mode, client, server, events)).contains(unbalanced);
    }

    @Test
    void anAnswerThatWasReadBeforeTheConnectionBrokeIsNotExplainedByIt() throws Exception {
        brokenAndWhole(Exchanges.POLL);
        WireTotals client = oneBroke(SENT_BYTES, 400, new Carried(2 * SENT_BYTES, 900, 2, 0));
        WireTotals server = oneBroke(400, SENT_BYTES, new Carried(900, SENT_BYTES, 1, 7));
        assertThat(unbalanced("polling", client, server, 7)).contains("events in polls");
    }

    @ParameterizedTest
    @CsvSource({"2, true", "3, false"})
    void ofAnAnswerThatWentOnOnlyWhatWasNotReadOfItIsExplained(long served, boolean explained) throws Exception {
        brokenAndWhole(Exchanges.POLL);
        Carried readFive = new Carried(SENT_BYTES, 100, 1, 5);
        WireTotals client = oneBroke(SENT_BYTES, 400, readFive);
        WireTotals server = oneBroke(400, SENT_BYTES, ANSWERED); // with seven
        assertThat(unbalanced("polling", client, server, served).contains("events in polls"))
                .isEqualTo(!explained);
    }

    @Test
    void whatAConnectionLostThatNobodyTookIsItsRequestAlone() throws Exception {
        brokenAndWhole(Exchanges.POLL);
        WireTotals client = oneBroke(SENT_BYTES, 400, ASKED);
        WireTotals server = new WireTotals(1, 400, SENT_BYTES, 1);
        assertThat(unbalanced("polling", client, server, 0)).doesNotContain("bytes to the provider");
        assertThat(unbalanced("polling", client, server, 1)).contains("events in polls");
    }

    @Test
    void aBrokenAttemptMayLoseItselfAndItsAnswer() throws Exception {
        broken(Exchanges.ATTEMPT);
        WireTotals client = new WireTotals(1, SENT_BYTES, 0, 1);
        assertThat(unbalanced("webhook", client, new WireTotals(1, 200, 0, 1), 0))
                .isEmpty();
    }

    @Test
    void aDatabaseThatFailedIsNamedAndOneIsNotSpokenOfAsSeveral() throws Exception {
        failures = List.of("the database inbox.db failed: it is full");
        warnings = List.of("the receiver refused 1 webhook: inbox failed");
        assertThat(outcome("webhook", WireTotals.NONE, WireTotals.NONE, 0).warnings())
                .containsExactly(
                        "the database inbox.db failed: it is full", "the receiver refused 1 webhook: inbox failed");
    }
}
