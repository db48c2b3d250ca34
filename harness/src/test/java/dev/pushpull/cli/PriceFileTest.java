package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PriceFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    static final java.util.List<String> SHIPPED = PriceFile.NAMES;

    private static final String GOOD = """
            currency = "USD"
            [[consumer]]
            meter = "requests"
            unit = "request"
            price = 1.00
            per = 1_000_000
            free = 1_000_000
            steps = [{from = 300_000_000, price = 0.90}]
            source = "https://example.com/prices"
            date = 2026-09-20
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void eachListThatComesWithTheProgramHasASourceAndADateForEveryPrice(String name) {
        PriceList list = PriceFile.read(name, TODAY);

        assertThat(list.currency()).isEqualTo("USD");
        assertThat(list.consumer()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.source()).startsWith("https://");
            assertThat(LocalDate.parse(meter.date())).isBefore(TODAY);
        });
    }

    @Test
    void freeUnitsAndStepsAreRead() throws IOException {
        Meter meter = read(GOOD).consumer().get(0);

        assertThat(meter.cost(1_000_000)).isZero();
        assertThat(meter.cost(3_000_000)).isEqualTo(2);
        assertThat(meter.cost(310_000_000)).isEqualTo(299 + 9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unit = "request"       | # none                | list.toml:2: unit: it is missing
            unit = "request"       | unit = "minute"       | list.toml:4: unit: 'minute' is not accepted; accepted: request
            date = 2026-09-20      | date = 2026-11-27     | list.toml:10: date: '2026-11-27' is not accepted; accepted: a date that is not in the future
            date = 2026-09-20      | date = "soon"         | list.toml:10: date: 'soon' is not accepted; accepted: a date
            price = 0.90           | price = -0.90         | list.toml:8: price: '-0.9' is not accepted; accepted: a number of 0 or more
            from = 300_000_000     | from = -1             | list.toml:8: from: '-1' is not accepted; accepted: a number of 0 or more
            per = 1_000_000        | par = 1_000_000       | list.toml:6: unknown key 'par'; did you mean 'per'?
            price = 1.00           | price = "cheap"       | list.toml:5: price: 'cheap' is not accepted
            meter = "requests"     | meter = "request"     | list.toml:3: unknown meter 'request'; did you mean 'requests'?
            meter = "requests"     | meter = "gb-seconds"  | list.toml:4: unit: 'request' is not accepted; accepted: GB-s
            currency = "USD"       | currency = "XXX"      | list.toml:1: currency: 'XXX' is not accepted
            [[consumer]]           | [[customer]]          | list.toml:2: unknown key 'customer'; did you mean 'consumer'?
            """)
    void whatIsWrongIsNamedWithFileLineAndKey(String right, String wrong, String says) {
        assertThatThrownBy(() -> read(GOOD.replace(right, wrong)))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .startsWith(directory + "/" + says);
    }

    private PriceList read(String text) throws IOException {
        Path file = directory.resolve("list.toml");
        Files.writeString(file, text);
        return PriceFile.read(file.toString(), TODAY);
    }
}
