package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mode offers to choose from, it takes. */
class ChoicesTest {
    static List<DeliveryMode> modes() {
        return DeliveryModes.all();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyChoiceIsOneOfTheModesFlagsAndBothItsEndsAreAccepted(DeliveryMode mode) {
        List<String> flags =
                new ArrayList<>(mode.options().stream().map(ModeOption::flag).toList());
        flags.add("--interval");
        for (boolean most : new boolean[] {false, true}) {
            Scenario scenario = ScenarioDraft.poisson(0.01, 100 * 86_400).scenario();
            for (Choice choice : mode.choices()) {
                List<Long> values = choice.values();
                assertThat(flags).contains(choice.flag());
                assertThat(values).isSorted().hasSizeGreaterThan(1);
                scenario = choice.setter().set(scenario, values.get(most ? values.size() - 1 : 0));
                assertThat(choice.in(scenario)).as(choice.flag()).isNotEmpty();
            }
            Scenario set = scenario;
            assertThatCode(() -> mode.check(set)).as(mode.name()).doesNotThrowAnyException();
        }
    }
}
