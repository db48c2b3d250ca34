package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Any text on a command line is a quantity within its bounds or is refused in one line. */
class QuantityFuzzTest {
    @FuzzTest
    void isAQuantityWithinItsBoundsOrIsRefused(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Long nanos = unlessRefused(() -> Quantity.durationOrZeroNanos("--t", text));
        if (nanos != null) {
            assertThat(nanos).isNotNegative();
            assertThat(Quantity.durationOrZeroNanos("--t", Quantity.duration(nanos)))
                    .isEqualTo(nanos);
        }
        Double rate = unlessRefused(() -> Quantity.ratePerSecond("--r", text));
        if (rate != null) {
            assertThat(rate).isPositive().isLessThanOrEqualTo(1e9);
            assertThat(Quantity.ratePerSecond("--r", Quantity.rate(rate))).isCloseTo(rate, within(1e-5 * rate));
        }
        Integer bytes = unlessRefused(() -> Quantity.bytes("--b", text, 16, 8 << 20));
        if (bytes != null) {
            assertThat(bytes).isBetween(16, 8 << 20);
            assertThat(Quantity.bytes("--b", Quantity.size(bytes), 16, 8 << 20)).isEqualTo(bytes);
        }
        Integer count = unlessRefused(() -> Quantity.count("--c", text, -5, 1000));
        if (count != null) {
            assertThat(count).isBetween(-5, 1000);
        }
        Double fraction = unlessRefused(() -> Quantity.fraction("--f", text));
        if (fraction != null) {
            assertThat(fraction).isBetween(0.0, 1.0);
        }
        Double positive = unlessRefused(() -> Quantity.positive("--p", text));
        if (positive != null) {
            assertThat(positive).isPositive().isFinite();
        }
        unlessRefused(() -> Quantity.durationNanos("--t", text));
        unlessRefused(() -> Quantity.number("--n", text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static <T> T unlessRefused(Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidInputException e) {
            Refusals.assertOneLine(e);
            return null;
        }
    }
}
