package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 7, 42, 123_456_789_012_345_678L, 999_999_999_999_999_999L})
    void digitsAreANumber(long number) {
        assertThat(WholeNumber.in(Long.toString(number), 18)).isEqualTo(number);
        assertThat(WholeNumber.in("0" + number, 19)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "one", "1234567890123456789", "\u0661", "/", ":"})
    void anythingElseIsNone(String text) {
        assertThat(WholeNumber.in(text, 18)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9})
    void tooManyDigitsAreNone(int most) {
        assertThat(WholeNumber.in("1".repeat(most), most)).isPositive();
        assertThat(WholeNumber.in("1".repeat(most + 1), most)).isEqualTo(-1);
    }
}
