package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.http.Carried;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.http.WireTotals.Outside;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/** What may be missing on one side of an account, and what may not. */
class TrialLedgerTest {
    private static final int REQUEST_BYTES = 300;
    private static final int ANSWER_BYTES = 400;

    private final Scenario scenario = ScenarioDraft.poisson(1, 10).scenario();
    private final MostLost most = new MostLost(scenario);
    private final Recorder recorder = new Recorder(1);
    private final List<Counter> sentItems = new ArrayList<>();
    private final List<Counter> receivedItems = new ArrayList<>();
    private WireTotals asked = WireTotals.NONE;
    private WireTotals served = WireTotals.NONE;
    private WireTotals sent = WireTotals.NONE;
    private WireTotals taken = WireTotals.NONE;
    private long resent;

    private void exchange(Kind kind, Ending ending) {
        recorder.start(0, 10_000_000_000L);
        boolean answered = ending == Ending.ANSWERED;
        Exchange exchange = new Exchange(
                ending,
                answered ? 200 : 0,
                Headers.EMPTY,
                new byte[0],
                ending == Ending.REFUSED ? 0 : REQUEST_BYTES,
                answered ? ANSWER_BYTES : 0,
                "");
        recorder.begin(kind, 0, 1).over(1, 2, exchange);
    }

    private Ledger ledger() {
        TrialBooks books = new TrialBooks(
                recorder.record(),
                new ProviderBooks(served, sent, sentItems, List.of(), 0, 0, 0, List.of(), Map.of(), 0, 0, resent),
                new ConsumerBooks(asked, taken, receivedItems, Map.of(), Map.of(), List.of(), List.of()),
                0,
                Map.of(),
                Map.of(),
                List.of(),
                0);
        return TrialLedger.of(books, scenario, 0, Map.of());
    }

    private List<String> unbalanced() {
        return ledger().unbalanced().stream().map(Account::what).toList();
    }

    private Account account(String what) {
        return ledger().accounts().stream()
                .filter(account -> account.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private List<String> accounts() {
        return ledger().accounts().stream().map(Account::what).toList();
    }

    private static WireTotals totals(long requests, long bytesSent, long bytesReceived, Outside outside) {
        return new WireTotals(requests, bytesSent, bytesReceived, 1, outside, Map.of());
    }

    @Test
    void whereNothingIsSentTheReceiverHasNoAccounts() {
        exchange(Exchanges.POLL, Ending.ANSWERED);
        assertThat(accounts()).contains("requests to the provider").doesNotContain("requests to the receiver");
    }

    @Test
    void whatIsSentHasItsAccountsThoughOnlyOneSideKnowsOfIt() {
        sent = totals(1, REQUEST_BYTES, 0, new Outside(0, 0));
        assertThat(accounts()).as("only the sockets know").contains("requests to the receiver");
        sent = WireTotals.NONE;
        exchange(Exchanges.ATTEMPT, Ending.REFUSED);
        assertThat(accounts()).as("only the recorder knows").contains("requests to the receiver");
    }

    @Test
    void aRefusedRequestIsNeitherReceivedNorCutOff() {
        exchange(Exchanges.POLL, Ending.ANSWERED);
        exchange(Exchanges.POLL, Ending.REFUSED);
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        asked = totals(3, 2 * REQUEST_BYTES, ANSWER_BYTES, new Outside(0, 0));
        served = totals(1, ANSWER_BYTES, REQUEST_BYTES, new Outside(0, 0));
        assertThat(account("requests to the provider").credit())
                .containsExactlyInAnyOrderEntriesOf(Map.of("received", 1L, "refused", 1L, "cut off", 1L));
        assertThat(unbalanced()).isEmpty();
    }

    /** Its first copy may have arrived or not. */
    @Test
    void aRequestThatWasSentTwiceMayArriveOnceOrTwiceAndNoOftener() {
        exchange(Exchanges.ATTEMPT, Ending.ANSWERED);
        resent = 1;
        for (long arrived : new long[] {1, 2}) {
            sent = totals(2, REQUEST_BYTES, ANSWER_BYTES, new Outside(0, 0));
            taken = totals(arrived, ANSWER_BYTES, REQUEST_BYTES, new Outside(0, 0));
            assertThat(unbalanced()).as("arrived %s times", arrived).isEmpty();
        }
        for (long arrived : new long[] {0, 3}) {
            taken = totals(arrived, ANSWER_BYTES, REQUEST_BYTES, new Outside(0, 0));
            assertThat(unbalanced()).as("arrived %s times", arrived).containsExactly("requests to the receiver");
        }
    }

    @Test
    void ofARequestThatWasSentTwiceOneCopyMayBeLostAndNotAByteMore() {
        exchange(Exchanges.ATTEMPT, Ending.ANSWERED);
        resent = 1;
        sent = totals(1, REQUEST_BYTES, ANSWER_BYTES, new Outside(0, 0));
        long lost = most.resentBytes(1);
        taken = totals(1, ANSWER_BYTES, REQUEST_BYTES - lost, new Outside(0, 0));
        assertThat(unbalanced()).isEmpty();
        taken = totals(1, ANSWER_BYTES, REQUEST_BYTES - lost - 1, new Outside(0, 0));
        assertThat(unbalanced()).containsExactly("bytes to the receiver");
    }

    @Test
    void aBrokenRequestAndTheFarewellAfterItMayBeLostAndNotAByteMore() {
        int farewell = 24;
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        asked = totals(1, REQUEST_BYTES + farewell, 0, new Outside(farewell, 0));
        assertThat(unbalanced()).isEmpty();
        served = totals(0, 0, -1, new Outside(0, 0));
        assertThat(unbalanced()).containsExactly("bytes to the provider");
    }

    @Test
    void bytesOfNoRequestAreNamedWhereThereAreAny() {
        exchange(Exchanges.POLL, Ending.ANSWERED);
        asked = totals(1, REQUEST_BYTES + 24, ANSWER_BYTES + 31, new Outside(24, 31));
        served = totals(1, ANSWER_BYTES + 31, REQUEST_BYTES + 24, new Outside(0, 0));
        assertThat(account("bytes sent by all clients").credit()).containsEntry("closing connections", 24L);
        assertThat(account("bytes received by all clients").credit()).containsEntry("closing connections", 31L);
        assertThat(unbalanced()).isEmpty();
        asked = totals(1, REQUEST_BYTES, ANSWER_BYTES, new Outside(0, 0));
        assertThat(account("bytes sent by all clients").credit()).containsOnlyKeys("request by request");
    }

    private static final String FAREWELL = "taking leave of who had gone";

    /** A server that takes leave of a client which has closed: the client need not read it. */
    @Test
    void aServersFarewellMayBeLostAndNotAByteMore() {
        exchange(Exchanges.POLL, Ending.ANSWERED);
        asked = totals(1, REQUEST_BYTES, ANSWER_BYTES, new Outside(0, 0));
        assertThat(account("bytes from the provider").credit()).doesNotContainKey(FAREWELL);
        served = totals(1, ANSWER_BYTES + 24, REQUEST_BYTES, new Outside(24, 0));
        assertThat(account("bytes from the provider").credit()).containsEntry(FAREWELL, 24L);
        assertThat(unbalanced()).isEmpty();
        served = totals(1, ANSWER_BYTES + 25, REQUEST_BYTES, new Outside(24, 0));
        assertThat(unbalanced()).containsExactly("bytes from the provider");
    }

    @Test
    void aBrokenAnswerAndAFarewellMayBothBeLostAndTheGapIsBookedOnce() {
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        asked = totals(1, REQUEST_BYTES, 0, new Outside(0, 0));
        long lost = most.answerBytes(1, 0);
        served = totals(1, 20, REQUEST_BYTES, new Outside(24, 0));
        assertThat(account("bytes from the provider").credit())
                .containsEntry("lost with exchanges cut off", 20L)
                .containsEntry(FAREWELL, 0L);
        served = totals(1, lost + 24, REQUEST_BYTES, new Outside(24, 0));
        assertThat(unbalanced()).isEmpty();
        served = totals(1, lost + 25, REQUEST_BYTES, new Outside(24, 0));
        assertThat(unbalanced()).containsExactly("bytes from the provider");
    }

    private Counter items(Side side, long value, boolean byConnection) {
        return new Counter("items", side, side.name(), value, Begins.CONSUMER, 10, byConnection);
    }

    /** Two polls broke, one of them on a connection that is known: its answer had seven items. */
    private void twoBroken(boolean byConnection, long sentValue, long receivedValue) {
        Carried client = new Carried(REQUEST_BYTES, 0, 1, 0);
        Carried server = new Carried(0, REQUEST_BYTES, 1, 7);
        asked = new WireTotals(2, 2 * REQUEST_BYTES, 0, 2, new Outside(0, 0), Map.of(5000, List.of(client)));
        served = new WireTotals(2, 0, 2 * REQUEST_BYTES, 2, new Outside(0, 0), Map.of(5000, List.of(server)));
        sentItems.clear();
        receivedItems.clear();
        sentItems.add(items(Side.SENT, sentValue, byConnection));
        receivedItems.add(items(Side.RECEIVED, receivedValue, byConnection));
    }

    @Test
    void itemsThatAreKnownByConnectionMayBeLostAsTheyAreKnownAndByTheAnswerWhereNot() {
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        twoBroken(true, 100 + 7 + 10, 100);
        assertThat(account("items").credit()).containsEntry("cut off", 17L);
        assertThat(unbalanced()).isEmpty();
        twoBroken(true, 100 + 7 + 11, 100);
        assertThat(unbalanced()).containsExactly("items");
    }

    @Test
    void itemsThatAreNotKnownByConnectionMayBeLostWithEveryBrokenAnswer() {
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        twoBroken(false, 100 + 20, 100);
        assertThat(account("items").credit()).containsEntry("cut off", 20L);
        twoBroken(false, 100 + 21, 100);
        assertThat(unbalanced()).containsExactly("items");
    }

    @Test
    void itemsThatAreNotKnownByConnectionMakeNoRoomForLostBytes() {
        exchange(Exchanges.POLL, Ending.CUT_OFF);
        asked = totals(1, REQUEST_BYTES, 0, new Outside(0, 0));
        sentItems.add(items(Side.SENT, 0, false));
        served = totals(1, most.answerBytes(1, 0) + 1, REQUEST_BYTES, new Outside(0, 0));
        assertThat(unbalanced()).containsExactly("bytes from the provider");
    }
}
