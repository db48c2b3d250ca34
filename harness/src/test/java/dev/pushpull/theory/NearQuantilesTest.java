package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearQuantilesTest {
    @ParameterizedTest
    @CsvSource({
        "2, 10, 1",
        "2, 3, 1",
        "20, 10, 1",
        "0.01, 100, 60",
        "50, 1000, 3",
        "1, 2, 1",
        "3, 1, 1",
        "0.5, 1000, 3600"
    })
    void quickQuantilesAreThoseOfTheSumsOfGammas(double rate, int size, double longest) {
        BatchedEvents events = new BatchedEvents(rate, size, longest);
        for (double p : new double[] {0.01, 0.5, 0.9, 0.95, 0.99, 0.999}) {
            assertThat(events.nearQuantileFromFirstEvent(p))
                    .as("at " + p)
                    .isCloseTo(events.quantileFromFirstEvent(p), within(1e-8 * longest));
        }
    }
}
