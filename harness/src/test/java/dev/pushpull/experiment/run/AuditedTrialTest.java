// Over 300 lines: each test audits the same trial with one thing changed, and they share its books.
package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recorder.Via;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.scenario.SteadinessVerdict.Level;
import dev.pushpull.scenario.SteadinessVerdictTest;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.Unfinished;
import dev.pushpull.testing.ScenarioDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/** A trial's figures, reasons and warnings, derived from what its two sides counted. */
class AuditedTrialTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final int POLLS = 200;
    private static final int REQUEST_BYTES = 150;
    private static final int ANSWER_BYTES = 400;

    private Scenario scenario =
            ScenarioDraft.poisson(1, POLLS).pageLimit(10).retention(5).scenario();
    private final Recorder recorder = new Recorder(1);
    private final LatencyHistogram eventLateness = new LatencyHistogram();
    private final Map<Integer, List<Long>> missing = new HashMap<>();
    private List<Unfinished> unfinished = List.of();
    private WireTotals sent = WireTotals.NONE;
    private SteadinessVerdict machine = SteadinessVerdict.UNKNOWN;
    private long occurred;

    /** One poll a second; every other one brings an event that occurred 100 ms earlier. */
    private void polls(long lateNanos) {
        recorder.start(0, POLLS * SECOND);
        for (int poll = 1; poll < POLLS; poll++) {
            long due = poll * SECOND;
            boolean brings = poll % 2 == 0;
            if (brings) {
                occurred++;
                recorder.occurred(due - 100 * MILLISECOND);
                recorder.delivered(0, occurred, due - 100 * MILLISECOND, due + MILLISECOND, Via.POLL);
            }
            recorder.begin(Exchanges.POLL, 0, due)
                    .brought(brings ? 1 : 0)
                    .over(due + lateNanos, due + lateNanos + MILLISECOND, answered());
        }
    }

    @Test
    void latenciesThatFallWithBareRoundTripsAreTheMachines() throws Exception {
        recorder.start(0, POLLS * SECOND);
        for (int second = 1; second < POLLS; second++) {
            long lateNanos = (second < POLLS / 2 ? 200 : 100) * MILLISECOND;
            recorder.occurred(second * SECOND);
            recorder.delivered(0, second, second * SECOND, second * SECOND + lateNanos, Via.POLL);
        }
        String change = "in the last third of the time they were 0.50 times those of the first";
        assertThat(audited("polling").warnings()).anyMatch(warning -> warning.endsWith(change));
        machine = SteadinessVerdictTest.verdict(Level.STILL_WARMING, 0.52);
        Outcome together = audited("polling");
        assertThat(together.conditions().steadiness().level()).isEqualTo(Level.DRIFTING);
        assertThat(together.warnings())
                .anyMatch(warning -> warning.endsWith(change + "; for bare round trips beside them it was 0.52"));
    }

    private static Exchange answered() {
        return new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], REQUEST_BYTES, ANSWER_BYTES, "");
    }

    private Outcome audited(String mode) throws InterruptedException {
        return audited(mode, 0, this::books);
    }

    private Outcome audited(String mode, long settleNanos, Supplier<TrialBooks> books) throws InterruptedException {
        Noise noise = new Noise(Distribution.empty(), eventLateness.distribution(), Distribution.empty(), 0, machine);
        return new Audit(new CountedTrial(books, mode), scenario, noise, Map.of(), POLLS * SECOND, settleNanos)
                .outcome();
    }

    private TrialBooks books() {
        long requests = recorder.requestsSoFar();
        WireTotals client = new WireTotals(requests, requests * REQUEST_BYTES, requests * ANSWER_BYTES, 1);
        WireTotals server = new WireTotals(requests, requests * ANSWER_BYTES, requests * REQUEST_BYTES, 1);
        return new TrialBooks(
                recorder.record(),
                new ProviderBooks(
                        server, sent, List.of(), List.of("the provider's"), 0, 0, 0, unfinished, Map.of(), 0, 0, 0),
                new ConsumerBooks(
                        client,
                        WireTotals.NONE,
                        List.of(),
                        Map.of("http://there/", 0),
                        Map.of(),
                        List.of("the consumers'"),
                        List.of()),
                occurred,
                Map.of(0, occurred),
                missing,
                List.of(),
                0);
    }

    @Test
    void itsFiguresAreWhatWasCountedAndEachHasItsInterval() throws Exception {
        polls(0);

        Outcome outcome = audited("polling");

        assertThat(outcome.valid()).as("%s", outcome.invalid()).isTrue();
        Outcome.Counts counts = outcome.counts();
        assertThat(counts.expected()).isEqualTo(occurred).isEqualTo(counts.delivered());
        assertThat(counts.polls()).isEqualTo(POLLS - 1);
        assertThat(counts.emptyPolls()).isEqualTo(POLLS / 2);
        assertThat(counts.attempts()).isZero();
        assertThat(counts.bytesToProvider()).isEqualTo((POLLS - 1L) * REQUEST_BYTES);
        assertThat(counts.bytesToConsumer()).isEqualTo((POLLS - 1L) * ANSWER_BYTES);
        assertThat(counts.connectionsOpened()).isEqualTo(1);
        assertThat(outcome.intervals())
                .containsKeys(
                        "wasted_ratio",
                        "requests_per_delivery",
                        "bytes_per_delivery",
                        "latency_mean_ms",
                        "latency_p50_ms",
                        "latency_p90_ms");
        assertThat(outcome.intervals().get("wasted_ratio").method()).contains("Wilson");
        assertThat(outcome.intervals().get("latency_p50_ms").value()).isBetween(100.0, 102.0);
        assertThat(outcome.processed().count()).as("in place").isZero();
        assertThat(outcome.warnings()).containsExactly("the provider's", "the consumers'");
    }

    @Test
    void whatDoesNotPollIndependentlyGetsItsIntervalFromStretchesOfTime() throws Exception {
        polls(0);
        assertThat(audited("adaptive-polling").intervals().get("wasted_ratio").method())
                .doesNotContain("Wilson");
    }

    @Test
    void itIsInvalidWhenEventsComeTooEarlyAnswersCannotBeReadOrPollsAreSkipped() throws Exception {
        polls(0);
        recorder.delivered(0, 1000, 5 * SECOND, 4 * SECOND, Via.POLL);
        recorder.malformed();
        recorder.malformed();
        recorder.skipped(1);
        occurred++;

        assertThat(audited("polling").invalid())
                .containsExactly(
                        "1 delivery arrived before its event",
                        "2 answers could not be read",
                        "the harness could not keep pace: 1 poll skipped because the one before was still out");
    }

    @Test
    void fewLatePollsAreAWarningAndManyMakeItInvalid() throws Exception {
        polls(101 * MILLISECOND);
        eventLateness.record(101 * MILLISECOND);
        for (int i = 1; i < 200; i++) {
            eventLateness.record(99 * MILLISECOND);
        }

        Outcome outcome = audited("polling");

        assertThat(outcome.invalid())
                .containsExactly("the harness could not keep pace: 100.00 % of polls were later than T/10 = 100ms");
        assertThat(outcome.warnings()).contains("0.50 % of events were later than T/10 = 100ms");
    }

    @Test
    void whatOneAsksForIsMissedByTheLogOrByTime() throws Exception {
        polls(0);
        occurred += 3;
        long newest = occurred;
        missing.put(0, List.of(newest - 5, newest - 4, newest));

        Outcome outcome = audited("polling");

        assertThat(outcome.counts().missed())
                .isEqualTo(Map.of(
                        MissReason.DROPPED_BY_RETENTION.text(), 1L,
                        MissReason.NOT_FETCHED.text(), 2L));
        assertThat(outcome.ledger().unbalanced()).isEmpty();
    }

    @Test
    void whatIsSentIsMissedForTheReasonThatTheProviderGives() throws Exception {
        recorder.start(0, SECOND);
        occurred = 2;
        missing.put(0, List.of(1L, 2L));
        unfinished = List.of(new Unfinished("http://there/", "c0", 2, MissReason.RETRY_PENDING.text()));

        assertThat(audited("webhook").counts().missed())
                .isEqualTo(Map.of(
                        MissReason.NOT_PROCESSED.text(), 1L,
                        MissReason.RETRY_PENDING.text(), 1L));
        assertThat(audited("hybrid").counts().missed())
                .as("no poll was made that might have found them")
                .isEqualTo(audited("webhook").counts().missed());
    }

    @Test
    void whatIsSentAndAskedForIsMissedForBothReasons() throws Exception {
        polls(0);
        occurred += 1;
        missing.put(0, List.of(occurred));

        assertThat(audited("hybrid").counts().missed())
                .isEqualTo(Map.of(
                        MissReason.all(List.of(MissReason.NOT_PROCESSED.text(), MissReason.NOT_FETCHED.text())), 1L));
    }

    @Test
    void anEventOfASharedStreamIsExpectedByEveryConsumer() throws Exception {
        scenario = ScenarioDraft.poisson(1, POLLS).consumers(3).shared().scenario();
        recorder.start(0, SECOND);
        occurred = 7;
        assertThat(audited("polling").counts().expected()).isEqualTo(21);
    }

    @Test
    void rareLatenciesHaveAnIntervalOnceThereAreEnough() throws Exception {
        recorder.start(0, POLLS * SECOND);
        for (int i = 0; i < 3_687; i++) {
            recorder.delivered(0, ++occurred, 0, MILLISECOND, Via.POLL);
        }
        assertThat(audited("polling").intervals())
                .containsKeys("latency_p50_ms", "latency_p90_ms", "latency_p99_ms")
                .doesNotContainKey("latency_p999_ms");
        recorder.delivered(0, ++occurred, 0, MILLISECOND, Via.POLL);
        assertThat(audited("polling").intervals()).containsKey("latency_p999_ms");
    }

    @Test
    void oneEventInAHundredMayBeLateAndIsAWarning() throws Exception {
        for (int i = 0; i < 100; i++) {
            eventLateness.record(i == 0 ? 200 * MILLISECOND : MILLISECOND);
        }
        assertThat(audited("polling").invalid()).isEmpty();
        assertThat(audited("polling").warnings()).contains("1.00 % of events were later than T/10 = 100ms");
    }

    @Test
    void pollsAreLateByTheirOwnIntervalAndEventsByT() throws Exception {
        scenario =
                ScenarioDraft.poisson(1, POLLS).option("--min-interval", "40ms").scenario();
        polls(5 * MILLISECOND);
        eventLateness.record(5 * MILLISECOND);
        assertThat(audited("adaptive-polling").invalid())
                .containsExactly("the harness could not keep pace: 100.00 % of polls were later than T/10 = 4ms");
    }

    @Test
    void howLongUntilItIsProcessedIsAFigureOfWhatIsSent() throws Exception {
        recorder.start(0, POLLS * SECOND);
        recorder.begin(Exchanges.ATTEMPT, 0, 1).over(1, 2, answered());
        recorder.processed(0, 1, 0, MILLISECOND);
        assertThat(audited("webhook").processed().count()).isEqualTo(1);
    }

    @Test
    void connectionsOfBothSidesAreCounted() throws Exception {
        sent = new WireTotals(0, 0, 0, 3);
        assertThat(audited("hybrid").counts().connectionsOpened()).isEqualTo(4);
    }

    /** The last byte may be on its way to the books when the trial is over. */
    private Supplier<TrialBooks> balancedAtTheThirdLook() {
        int[] looks = {0};
        return () -> {
            looks[0]++;
            occurred = looks[0] < 3 ? 1 : 0;
            return books();
        };
    }

    @Test
    void booksThatDoNotBalanceYetAreLookedAtAgainForAWhile() throws Exception {
        assertThat(audited("polling", 3600 * SECOND, balancedAtTheThirdLook()).invalid())
                .isEmpty();
        assertThat(audited("polling", -1, balancedAtTheThirdLook()).invalid())
                .containsExactly("the books do not balance: deliveries: {expected=1} against {delivered=0}");
    }

    @Test
    void overALongWireTheyAreGivenARoundTripMore() throws Exception {
        scenario = ScenarioDraft.poisson(1, POLLS).wire(false, 3600, 60).scenario();
        assertThat(audited("polling", 0, balancedAtTheThirdLook()).invalid()).isEmpty();
    }

    /** Each has a last frame to be read, which is counted at both ends. */
    @Test
    void thousandsOfHeldConnectionsAreGivenTimeToTakeLeave() throws Exception {
        scenario = ScenarioDraft.poisson(1, POLLS).consumers(100_000).scenario();
        assertThat(audited("websocket", 0, balancedAtTheThirdLook()).invalid()).isEmpty();
    }
}
