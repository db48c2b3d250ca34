package dev.pushpull.experiment.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryLedgerTest {
    private final DeliveryLedger ledger = new DeliveryLedger(2);

    @Test
    void anEventIsAsLateAsItsFirstArrivalHoweverOftenItComes() {
        ledger.occurs("a", 0, 1_000);
        ledger.receive("a", 3_000);
        ledger.receive("a", 9_000);
        ledger.receive("a", 9_500);

        assertThat(ledger.received()).isEqualTo(1);
        assertThat(ledger.repeated()).as("an event, not an arrival").isEqualTo(1);
        assertThat(ledger.latency().sumNanos()).isEqualTo(2_000);
    }

    @Test
    void whatComesAfterALaterOneIsOutOfOrderOnce() {
        ledger.occurs("a", 0, 1_000);
        ledger.occurs("b", 0, 2_000);
        ledger.receive("b", 2_500);
        ledger.receive("a", 2_600);
        ledger.receive("a", 2_700);

        assertThat(ledger.outOfOrder()).isEqualTo(1);
    }

    @Test
    void eventsOfOtherStreamsAreNeitherExpectedNorOurs() {
        ledger.occurs("ours", 1, 1_000);
        ledger.occurs("other", 2, 1_000);
        ledger.receive("other", 1_500);
        ledger.receive("nobody's", 1_500);

        assertThat(ledger.events()).isEqualTo(1);
        assertThat(ledger.received()).isZero();
        assertThat(ledger.strangers()).isEqualTo(2);
    }
}
