package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.experiment.Demonstration;
import dev.pushpull.experiment.run.RunListener;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader of the demonstration may set. */
class DemoControlsTest {
    private final Demonstration demonstration = new Demonstration(DemoCommand.scenario(), RunListener.NONE);
    private final DemoControls controls = new DemoControls();

    DemoControlsTest() {
        controls.of(demonstration);
    }

    @Test
    void settingsAreThoseOfTheRunUnderWay() {
        controls.change(Map.of("rate", "2.5", "interval", "0.5", "modes", "webhook,sse"));

        assertThat(demonstration.scenario().events().arrivals().ratePerSecond()).isEqualTo(2.5);
        assertThat(demonstration.scenario().polling().intervalNanos()).isEqualTo(500_000_000);
        assertThat(controls.settings())
                .containsEntry("rate", 2.5)
                .containsEntry("interval", 0.5)
                .containsEntry("modes", java.util.List.of("webhook", "sse"));
    }

    @ParameterizedTest
    @CsvSource({
        "rate, 0, a number from 0.1 to 10.0",
        "rate, NaN, a number from 0.1 to 10.0",
        "interval, 1h, a number from 0.2 to 10.0",
        "modes, polling, 'two different ones, such as polling,webhook'",
        "modes, 'polling,polling', 'two different ones, such as polling,webhook'",
        "modes, 'polling,pigeon', polling",
        "colour, red, 'rate, interval, modes, outage'"
    })
    void whatIsNotAcceptedChangesNothing(String name, String value, String accepted) {
        assertThatThrownBy(() -> controls.change(Map.of(name, value)))
                .hasMessageContaining(name.equals("colour") ? name : value.substring(value.lastIndexOf(',') + 1))
                .hasMessageContaining(accepted);
        assertThat(demonstration.scenario()).isEqualTo(DemoCommand.scenario());
    }
}
