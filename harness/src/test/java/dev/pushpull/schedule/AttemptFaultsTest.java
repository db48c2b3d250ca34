package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AttemptFaultsTest {
    private final AttemptFaults faults = new AttemptFaults(new Seeds(3), 0.3, 0.1);

    @Test
    void attemptsFailAndAreRepeatedAtTheirRatesIndependentlyOfEachOther() {
        int samples = 60_000;
        int failed = 0;
        int repeated = 0;
        int both = 0;
        int failedAgain = 0;
        for (int sequence = 1; sequence <= samples; sequence++) {
            boolean fails = faults.fails(sequence % 7, sequence, 1, 1);
            boolean repeats = faults.repeats(sequence % 7, sequence, 1, 1);
            failed += fails ? 1 : 0;
            repeated += repeats ? 1 : 0;
            both += fails && repeats ? 1 : 0;
            failedAgain += fails && faults.fails(sequence % 7, sequence, 1, 2) ? 1 : 0;
        }
        assertThat((double) failed / samples).isCloseTo(0.3, near(0.3, samples));
        assertThat((double) repeated / samples).isCloseTo(0.1, near(0.1, samples));
        assertThat((double) both / samples).isCloseTo(0.03, near(0.03, samples));
        assertThat((double) failedAgain / samples).isCloseTo(0.09, near(0.09, samples));
    }

    private static org.assertj.core.data.Offset<Double> near(double share, int samples) {
        return within(4 * Math.sqrt(share * (1 - share) / samples));
    }

    @Test
    void onlySeedConsumerEventsAndTimeDecide() {
        AttemptFaults same = new AttemptFaults(new Seeds(99, 3), 0.3, 0.1);
        AttemptFaults other = new AttemptFaults(new Seeds(4), 0.3, 0.1);
        int differ = 0;
        for (int sequence = 1; sequence < 200; sequence++) {
            assertThat(same.fails(2, sequence, 5, 3)).isEqualTo(faults.fails(2, sequence, 5, 3));
            differ += other.fails(2, sequence, 5, 3) != faults.fails(2, sequence, 5, 3) ? 1 : 0;
        }
        assertThat(differ).isPositive();
    }
}
