package dev.pushpull.delivery.thin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What happens to given events in virtual time; all times in seconds. */
class ThinVirtualTest {
    private static final double WEBHOOK_LEG = 0.2;
    private static final double READ_LEG = 0.05;

    private static ScenarioDraft draft() {
        return ScenarioDraft.poisson(1, 100).legs(READ_LEG, WEBHOOK_LEG);
    }

    private static Outcome simulated(ScenarioDraft draft, double... events) {
        Scenario scenario = draft.scenario();
        long[] nanos = Arrays.stream(events).mapToLong(ScenarioDraft::nanos).toArray();
        Outcome outcome = new ThinWebhookMode()
                .virtual()
                .simulate(scenario, ArrivalStreams.known(new long[][] {nanos}), new Seeds(1));
        assertThat(outcome.ledger().unbalanced()).isEmpty();
        return outcome;
    }

    private static double meanSeconds(Outcome outcome) {
        return outcome.latency().meanMillis().orElseThrow() / 1e3;
    }

    @Test
    void anEventTakesAWebhookAndARead() {
        Outcome outcome = simulated(draft(), 10, 20);
        assertThat(outcome.counts().attempts()).isEqualTo(2);
        assertThat(outcome.counts().polls()).isEqualTo(2);
        assertThat(outcome.counts().emptyPolls()).isZero();
        assertThat(meanSeconds(outcome)).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void whatOccursUntilTheReadLooksComesWithIt() {
        // the read of the first looks at 10.25, whose answer is there at 10.3; that of the third is its own
        Outcome outcome = simulated(draft(), 10, 10.249, 10.251);
        assertThat(outcome.counts().attempts()).isEqualTo(3);
        assertThat(outcome.counts().polls()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((0.3 + 0.051 + 0.3) / 3, within(1e-9));
    }

    @Test
    void aWebhookThatArrivesDuringAReadWaitsForItsAnswer() {
        Outcome outcome = simulated(draft().legs(0.5, 0.1), 10, 10.65);
        // read from 10.1 to 11.1 with its look at 10.6; told of the second at 10.75; read from 11.1, look at 11.6
        assertThat(outcome.counts().polls()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((1.1 + (12.1 - 10.65)) / 2, within(1e-9));
    }

    @Test
    void aDebounceLetsOneReadServeSeveral() {
        Outcome outcome = simulated(draft().option("--debounce", "5s"), 10, 11, 14, 30);
        assertThat(outcome.counts().polls()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((5.3 + 4.3 + 1.3 + 5.3) / 4, within(1e-9));
    }

    @Test
    void aLostWebhookIsMadeGoodByTheNext() {
        Outcome outcome = simulated(draft().retries(0, 0).outage(9, 2), 10, 20);
        assertThat(outcome.counts().delivered()).isEqualTo(2);
        assertThat(outcome.counts().attempts()).isEqualTo(2);
        assertThat(outcome.counts().polls()).isEqualTo(1);
        assertThat(meanSeconds(outcome)).isCloseTo((10.3 + 0.3) / 2, within(1e-9));
        assertThat(simulated(draft().retries(0, 0).outage(9, 2), 10).counts().missed())
                .containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text() + ", " + MissReason.NOT_FETCHED.text());
    }

    @Test
    void aReadThatIsDueInAnOutageIsMadeAfterIt() {
        Outcome outcome = simulated(draft().option("--debounce", "5s").outage(12, 8), 10);
        assertThat(meanSeconds(outcome)).isCloseTo(20 + 0.1 - 10, within(1e-9));
    }

    @Test
    void aReadAfterTheEndOnlyClosesTheRun() {
        Outcome outcome = simulated(draft(), 99.9);
        assertThat(outcome.counts().delivered()).isEqualTo(1);
        assertThat(outcome.counts().polls()).isZero();
        assertThat(outcome.counts().drainRequests()).isEqualTo(1);
    }

    @Test
    void whereTheReadSideLagsBehindItIsAskedAgainUntilItHasCaughtUp() {
        Outcome outcome = simulated(draft().option("--visibility-lag", "2s").option("--again-after", "900ms"), 10);
        // looks at 10.25, 11.25 and 12.25
        assertThat(outcome.counts().polls()).isEqualTo(3);
        assertThat(outcome.counts().emptyPolls()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo(2.3, within(1e-9));
    }

    @Test
    void readsThatFindNothingAreCountedAsIfTheyHadBeenVisited() {
        // looks every 0.11 s from 10.25 on; visible from 50 on: the last of them is the 363rd
        Outcome outcome = simulated(draft().option("--visibility-lag", "40s").option("--again-after", "10ms"), 10);
        long looks = (long) Math.ceil((50 - 10.25) / 0.11) + 1;
        assertThat(outcome.counts().polls()).isEqualTo(looks);
        assertThat(outcome.counts().emptyPolls()).isEqualTo(looks - 1);
        assertThat(meanSeconds(outcome)).isCloseTo(10.25 + (looks - 1) * 0.11 + 0.05 - 10, within(1e-9));
        Outcome disturbed = simulated(
                draft().option("--visibility-lag", "40s").option("--again-after", "10ms"), 10, 20, 20.05, 33.3);
        assertThat(disturbed.counts().delivered()).isEqualTo(4);
        assertThat(disturbed.counts().polls())
                .as("a webhook that comes during a read brings the next one forward")
                .isCloseTo((long) Math.ceil((73.3 - 10.25) / 0.11) + 1, within(2L));
    }

    @Test
    void aYearOfReadsInVainCostsNothing() {
        double year = 365 * 86_400;
        Outcome outcome = simulated(
                draft().duration(year).option("--visibility-lag", "360d").option("--again-after", "1ms"), 10);
        assertThat(outcome.counts().polls()).isGreaterThan(100_000_000);
        assertThat(outcome.counts().delivered()).isEqualTo(1);
    }

    @Test
    void orItWaitsForTheNextWebhook() {
        ScenarioDraft lagging = draft().option("--visibility-lag", "2s").option("--when-not-visible", "next-ping");
        Outcome outcome = simulated(lagging, 10, 15);
        assertThat(outcome.counts().polls()).isEqualTo(2);
        assertThat(outcome.counts().delivered()).isEqualTo(1);
        assertThat(meanSeconds(outcome)).isCloseTo(5.3, within(1e-9));
        assertThat(outcome.counts().missed()).containsOnlyKeys(MissReason.NOT_FETCHED.text());
        assertThat(outcome.counts().lost()).isEmpty();
    }

    @Test
    void orItIsPassedOverAndLost() {
        ScenarioDraft lagging = draft().option("--visibility-lag", "2s").option("--when-not-visible", "skip");
        Outcome outcome = simulated(lagging, 10, 15, 15.01);
        assertThat(outcome.counts().delivered()).isZero();
        assertThat(outcome.counts().lost()).containsOnlyKeys(MissReason.PASSED_OVER.text());
        assertThat(outcome.counts().missedInAll()).isEqualTo(3);
    }

    @Test
    void whatIsNotKeptIsLost() {
        Outcome outcome = simulated(draft().retention(2).option("--debounce", "5s"), 10, 11, 12, 13);
        assertThat(outcome.counts().delivered()).isEqualTo(2);
        assertThat(outcome.counts().missed()).containsEntry(MissReason.DROPPED_BY_RETENTION.text(), 2L);
    }

    @Test
    void furtherPagesAreRequestsButNoPolls() {
        Outcome outcome = simulated(draft().pageLimit(2).option("--debounce", "5s"), 10, 11, 12, 13, 14);
        assertThat(outcome.counts().polls()).isEqualTo(1);
        assertThat(outcome.counts().requests()).isEqualTo(5 + 1 + 2);
    }

    @Test
    void aNewConnectionDelaysTheWebhookAndTheRead() {
        Outcome outcome = simulated(draft().wire(false, 0.1, 0), 10);
        assertThat(outcome.counts().connectionsOpened()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo(0.3 + 3 * 0.05 + 2 * 0.1, within(1e-9));
    }
}
