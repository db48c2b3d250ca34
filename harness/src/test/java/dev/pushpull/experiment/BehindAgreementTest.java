package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All modes behind a load balancer, in virtual time against their closed forms. */
class BehindAgreementTest {
    private static final Middlebox ALB = new Middlebox("alb", ScenarioDraft.nanos(60), 0, 0, 0, false, 0);

    @Tag("study")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingDisagrees(long seed) throws Exception {
        for (Map<String, String> options : List.of(Map.<String, String>of(), Map.of("--heartbeat", "none"))) {
            Scenario scenario = ScenarioDraft.poisson(1 / 60.0, 5 * 86_400)
                    .interval(10)
                    .legs(0.001, 0.001)
                    .consumers(10)
                    .behind(ALB)
                    .scenario()
                    .withModeOptions(options);
            List<DeliveryMode> modes = DeliveryModes.all().stream()
                    .filter(mode -> mode.leavesOut(scenario).isEmpty())
                    .toList();
            assertThat(modes).hasSizeGreaterThanOrEqualTo(10);
            List<Outcome> outcomes = new Simulation()
                    .run(
                            scenario.withRun(scenario.run()
                                    .withSeed(seed)
                                    .withModes(modes.stream()
                                            .map(DeliveryMode::name)
                                            .toList())),
                            modes,
                            1,
                            new Interruption(),
                            RunListener.NONE);
            for (int i = 0; i < modes.size(); i++) {
                assertAgrees(modes.get(i), outcomes.get(i));
            }
        }
    }

    /** The interval of what was simulated meets the bounds around what was predicted. */
    private static void assertAgrees(DeliveryMode mode, Outcome outcome) {
        for (String column : List.of("wasted_ratio", "requests_per_delivery", "latency_mean_ms")) {
            OptionalDouble predicted = outcome.prediction().value(column);
            if (predicted.isPresent() && outcome.intervals().containsKey(column)) {
                double expected = predicted.getAsDouble();
                double bound = AgreementBounds.of(column, expected, mode.traits(), ScenarioDraft.nanos(10));
                assertThat(outcome.intervals().get(column).low())
                        .as("%s %s", mode.name(), column)
                        .isLessThanOrEqualTo(expected + bound);
                assertThat(outcome.intervals().get(column).high())
                        .as("%s %s", mode.name(), column)
                        .isGreaterThanOrEqualTo(expected - bound);
            }
        }
    }
}
