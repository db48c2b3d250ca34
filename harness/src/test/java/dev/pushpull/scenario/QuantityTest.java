package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    /** One line that names what, the value and what is accepted. */
    static void refused(BiFunction<String, String, ?> reader, String text) {
        assertThatThrownBy(() -> reader.apply("--flag", text))
                .as("'%s'", text)
                .isInstanceOf(InvalidInputException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
                .hasMessageStartingWith(
                        "--flag: '" + text.replaceAll("\\p{Cntrl}", " ") + "' is not accepted; accepted: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotEndWith("accepted: "));
    }

    @Test
    void aRefusalStaysShortHoweverLongTheValueIs() {
        assertThatThrownBy(() -> Quantity.durationNanos("--flag", "x".repeat(1_000_000)))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2000).contains("xxx...' is not accepted"));
    }

    @ParameterizedTest
    @CsvSource({
        "2/s, 2",
        "30/m, 0.5",
        "30/min, 0.5",
        "3600/h, 1",
        "43200/d, 0.5",
        "0.5/s, 0.5",
        "1.5/m, 0.025",
        "2 /s, 2"
    })
    void ratesAreReadInEveryUnit(String text, double perSecond) {
        assertThat(Quantity.ratePerSecond("--flag", text)).isCloseTo(perSecond, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "/s",
                "two/s",
                "0/s",
                "0.0/m",
                "-1/s",
                "2/y",
                "2/S",
                "2s",
                "1e3/s",
                "2/s/s",
                "2//s",
                "NaN/s",
                "1/0s",
                "2000000000/s",
                "999999999999999/s",
                "9999999999999999999999/s"
            })
    void ratesThatAreNoneAreRefused(String text) {
        // above one event a nanosecond, time would stand still
        refused(Quantity::ratePerSecond, text);
    }

    @Test
    void aBoundThatIsProposedIsAcceptedWhenItIsTyped() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            long bound = random.nextLong(1, 1L << random.nextInt(1, 62));
            String most = Quantity.readableMost(bound);
            String least = Quantity.readableLeast(bound);
            assertThat(Quantity.durationNanos("--flag", most)).isBetween(bound - bound / 100, bound);
            assertThat(Quantity.durationNanos("--flag", least)).isBetween(bound, bound + bound / 100);
            assertThat(most.length()).as(most).isLessThanOrEqualTo(7);
            assertThat(least.length()).as(least).isLessThanOrEqualTo(7);
        }
    }

    @Test
    void aRefusalProposesAnIntervalThatThenFits() {
        long run = 24_367_000_000_000L;
        assertThatThrownBy(() -> Quantity.checkWithinRun("--interval", 86_400_000_000_000L, run))
                .hasMessage("--interval: '1d' is not accepted; accepted: an interval no longer than the run of 6.76h");
        Quantity.checkWithinRun("--interval", Quantity.durationNanos("--interval", "6.76h"), run);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1/s",
        "50, 50/s",
        "0.5, 30/m",
        "0.016666666666666666, 1/m",
        "0.0002777777777777778, 1/h",
        "0.00001157407407, 1/d",
        "0.000462962963, 40/d",
        "1.6666666666666667, 100/m",
        "0.0019290123456790123, 6.94444/h",
        "0.00046388888888888889, 1.67/h",
        "2.5, 2.5/s"
    })
    void ratesAreWrittenInTheUnitInWhichTheyReadBest(double perSecond, String text) {
        assertThat(Quantity.rate(perSecond)).isEqualTo(text);
    }

    @Test
    void everyRateIsReadBackToSixDigits() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 5_000; i++) {
            double rate = Math.pow(10, random.nextDouble(-12, 8.9));
            assertThat(Quantity.ratePerSecond("--flag", Quantity.rate(rate))).isCloseTo(rate, within(rate * 5.1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1B, 1",
        "512B, 512",
        "1KiB, 1024",
        "1.5MiB, 1572864",
        "1GiB, 1073741824",
        "2kB, 2000",
        "3MB, 3000000",
        "0.5KiB, 512",
        "0B, 0"
    })
    void sizesAreReadInEveryUnit(String text, int bytes) {
        assertThat(Quantity.bytes("--flag", text, 0, 1 << 30)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "1",
                "KiB",
                "0B",
                "0.5B",
                "-1B",
                "1kib",
                "1KB",
                "1025B",
                "2KiB",
                "1.5KiB",
                "99999999999999999999GiB",
                "1e2B"
            })
    void sizesThatAreNoneOrOutOfBoundsAreRefused(String text) {
        refused((what, value) -> Quantity.bytes(what, value, 1, 1024), text);
        assertThatThrownBy(() -> Quantity.bytes("--flag", text, 1, 1024)).hasMessageEndingWith("from 1B to 1KiB");
    }

    @Test
    void everySizeIsReadBackAsItWasWritten() {
        for (int bytes : List.of(0, 1, 1_000, 1_023, 1_024, 1_536, 1 << 20, 3 << 20, 1 << 30, Integer.MAX_VALUE)) {
            assertThat(Quantity.bytes("--flag", Quantity.size(bytes), 0, Integer.MAX_VALUE))
                    .isEqualTo(bytes);
        }
        assertThat(Quantity.size(1 << 20)).isEqualTo("1MiB");
        assertThat(Quantity.size(1_536)).isEqualTo("1536B");
    }

    @Test
    void wholeNumbersAreReadWithinTheirBounds() {
        assertThat(Quantity.count("--flag", "1", 1, 10)).isEqualTo(1);
        assertThat(Quantity.count("--flag", " 10 ", 1, 10)).isEqualTo(10);
        assertThat(Quantity.number("--flag", "-9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "11", "-1", "1.0", "1e1", "99999999999999999999", "4294967297", "5x", "1\n2"})
    void wholeNumbersThatAreNoneOrOutOfBoundsAreRefused(String text) {
        refused((what, value) -> Quantity.count(what, value, 1, 10), text);
        assertThatThrownBy(() -> Quantity.count("--flag", text, 1, 10))
                .hasMessageEndingWith("a whole number from 1 to 10");
    }

    @Test
    void theAcceptedRangeOfANumberNamesOnlyBoundsThatExist() {
        assertThatThrownBy(() -> Quantity.number("--seed", "x", Long.MIN_VALUE, Long.MAX_VALUE))
                .hasMessageEndingWith("accepted: a whole number");
        assertThatThrownBy(() -> Quantity.number("--from", "x", 0, Long.MAX_VALUE))
                .hasMessageEndingWith("accepted: a whole number from 0");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 0.5", "1e3, 1000", "2.5E-1, 0.25", " 4 , 4"})
    void decimalNumbersAreRead(String text, double value) {
        assertThat(Quantity.positive("--flag", text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "NaN", "Infinity", "1e999", "5d", "5f", "0x1p3", "1,5", "5s"})
    void decimalNumbersThatAreNoneAreRefused(String text) {
        refused(Quantity::positive, text);
    }

    @Test
    void fractionsIncludeBothEnds() {
        assertThat(Quantity.fraction("--flag", "0")).isZero();
        assertThat(Quantity.fraction("--flag", "0.25")).isEqualTo(0.25);
        assertThat(Quantity.fraction("--flag", "1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-0.1", "1.000001", "50%", "NaN", "0.5f", "0.5d", "2"})
    void fractionsThatAreNoneAreRefused(String text) {
        refused(Quantity::fraction, text);
    }
}
