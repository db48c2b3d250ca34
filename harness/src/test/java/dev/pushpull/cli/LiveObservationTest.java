package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveObservationTest {
    @ParameterizedTest
    @CsvSource({
        "-938000000, 63000000, 938 ms behind to 63 ms ahead of",
        "12000000, 63000000, 12 ms to 63 ms ahead of",
        "-938000000, -5000000, 5 ms to 938 ms behind",
        "0, 0, 0 ms to 0 ms behind",
    })
    void anotherClockIsBehindOrAheadAndNeverAheadByLessThanNothing(long least, long most, String words) {
        assertThat(LiveObservation.between(least, most)).isEqualTo(words);
    }
}
