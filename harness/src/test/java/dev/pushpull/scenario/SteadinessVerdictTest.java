package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.SteadinessVerdict.Level;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class SteadinessVerdictTest {
    /** Without slices. */
    public static SteadinessVerdict verdict(Level level, double ratio) {
        return new SteadinessVerdict(
                level,
                OptionalDouble.of(ratio),
                OptionalDouble.of(ratio - 0.1),
                OptionalDouble.of(ratio + 0.1),
                List.of());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        STILL_WARMING, 0.60, STILL_WARMING, 0.62, DRIFTING
        STILL_WARMING, 0.60, STILL_WARMING, 0.50, DRIFTING
        STILL_WARMING, 0.60, STILL_WARMING, 0.80, STILL_WARMING
        STILL_WARMING, 0.60, STEADY,        0.97, STILL_WARMING
        STILL_WARMING, 0.60, DRIFTING,      1.30, STILL_WARMING
        DRIFTING,      1.50, DRIFTING,      1.50, DRIFTING
        STEADY,        1.00, STILL_WARMING, 0.60, STEADY
        """)
    void whatFallsAsMuchAsBareRoundTripsIsNoWarmingUp(
            Level level, double ratio, Level machine, double ofMachine, Level expected) {
        assertThat(verdict(level, ratio).beside(verdict(machine, ofMachine))).isEqualTo(verdict(expected, ratio));
    }

    @Test
    void whatNobodyFollowedChangesNothing() {
        assertThat(verdict(Level.STILL_WARMING, 0.6)
                        .beside(SteadinessVerdict.UNKNOWN)
                        .level())
                .isEqualTo(Level.STILL_WARMING);
    }
}
