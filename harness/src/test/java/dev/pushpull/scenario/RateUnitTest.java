package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateUnitTest {
    @ParameterizedTest
    @CsvSource({
        "0.005772/m, 0.005772/m, 0.00577/m",
        "40/d,       40/d,       40/d",
        "90/m,       90/m,       90/m",
        "1234567/d,  1234570/d,  14.3/s",
        "1.23456/s,  1.23456/s,  1.23/s",
        "0.00001/s,  0.00001/s,  0.864/d"
    })
    void aRateIsReadInTheUnitInWhichItWasGiven(String given, String name, String inASentence) {
        RateUnit unit = RateUnit.of(given);
        double perSecond = Quantity.ratePerSecond("--rate", given);

        assertThat(unit.name(perSecond)).isEqualTo(name);
        assertThat(unit.readable(perSecond)).isEqualTo(inASentence);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0000962, 8.31/d",
        "1, 1/s",
        "0.5, 30/m",
        "0.123456, 7.41/m",
        "0.000462962962963, 40/d",
        "1.923077, 1.92/s"
    })
    void aRateThatNobodyGaveHasThreeDigitsInItsBestUnit(double perSecond, String readable) {
        assertThat(RateUnit.ANY.readable(perSecond)).isEqualTo(readable);
    }
}
