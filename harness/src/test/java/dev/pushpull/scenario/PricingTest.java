package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of money against what a person computes by hand: equal, not close. */
class PricingTest {
    private static final Pricing BOTH = new Pricing("USD", OptionalDouble.of(0.4), Map.of("webhook", 25.0));

    /** Twenty consumers, two polls a second each, 30 days: 103,680,000 requests. */
    @Test
    void aMonthIsItsRequestsBillAndItsFixedSum() {
        BigDecimal requests = Pricing.monthlyRequests(40 * 60, 60_000_000_000L);

        assertThat(requests).isEqualByComparingTo("103680000");
        assertThat(BOTH.requestsBill("polling", requests)).hasValue(41.472);
        assertThat(BOTH.fixedSum("webhook")).hasValue(25);
        assertThat(BOTH.total("webhook", requests)).hasValue(66.472);
    }

    @Test
    void aModeWithoutAFixedSumHasNoneOnceAnotherHas() {
        BigDecimal requests = BigDecimal.valueOf(1_000_000);

        assertThat(BOTH.fixedSum("polling")).hasValue(0);
        assertThat(BOTH.total("polling", requests)).hasValue(0.4);
        assertThat(Pricing.ofRequests(0.4).fixedSum("polling")).isEmpty();
        assertThat(Pricing.ofRequests(0.4).total("polling", requests)).hasValue(0.4);
    }

    @Test
    void withoutAPriceTheFixedSumIsAll() {
        Pricing fixed = new Pricing("", OptionalDouble.empty(), Map.of("webhook", 25.0));

        assertThat(fixed.requestsBill("polling", BigDecimal.TEN)).isEmpty();
        assertThat(fixed.total("webhook", BigDecimal.TEN)).hasValue(25);
        assertThat(fixed.total("polling", BigDecimal.TEN)).hasValue(0);
        assertThat(Pricing.NONE.total("polling", BigDecimal.TEN)).isEmpty();
    }

    /** In binary, 0.1 + 0.2 is not 0.3, and a seventh of a month times 0.7 is not 0.2592. */
    @Test
    void sumsAreDecimalsNotBinaryFractions() {
        Pricing tenth = new Pricing("", OptionalDouble.of(0.1), Map.of("webhook", 0.2));

        assertThat(tenth.total("webhook", BigDecimal.valueOf(1_000_000))).hasValue(0.3);
        assertThat(Pricing.ofRequests(0.7).requestsBill("polling", Pricing.monthlyRequests(1, 7_000_000_000L)))
                .hasValue(0.2592);
    }

    @ParameterizedTest
    @CsvSource({
        "1,             30d, 1000000, 1",
        "259200,        3d,  0.35,    0.9072", // 2,592,000 requests a month
        "1,             1d,  0.000001, 0.00000000003",
        "1000000000000, 30d, 1000000000000, 1000000000000000000"
    })
    void billsOfAnySizeAreExact(long requests, String measured, double price, double bill) {
        BigDecimal monthly = Pricing.monthlyRequests(requests, Quantity.durationNanos("measured", measured));

        assertThat(Pricing.ofRequests(price).requestsBill("polling", monthly)).hasValue(bill);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USD", "EUR", "JPY", "KWD"})
    void currenciesAreThoseOfIso4217(String code) {
        assertThat(Pricing.isCurrency(code)).isTrue();
        assertThat(new Pricing(code, OptionalDouble.empty(), Map.of()).currency())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usd", "US", "XYZ", "XXX", "XAU", "dollars"})
    void whatNobodyPaysWithIsNoCurrency(String code) {
        assertThat(Pricing.isCurrency(code)).isFalse();
        assertThatThrownBy(() -> new Pricing(code, OptionalDouble.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
