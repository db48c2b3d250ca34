package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        41.472      |     | 41.47
        41.472      | USD | 41.47 USD
        41.472      | JPY | 41 JPY
        4147.2      | JPY | 4,147 JPY
        41.472      | KWD | 41.472 KWD
        25          | EUR | 25.00 EUR
        0.346       | USD | 0.35 USD
        0.346       | JPY | 0.346 JPY
        0.0432      |     | 0.0432
        0.0432      | USD | 0.0432 USD
        0           | USD | 0 USD
        1234567.891 | USD | 1,234,567.89 USD
        """)
    void aSumHasTheDecimalPlacesOfItsCurrencyOrThoseItTakesToSeeIt(double sum, String currency, String text) {
        assertThat(MoneyText.of(sum, currency == null ? "" : currency)).isEqualTo(text);
    }
}
