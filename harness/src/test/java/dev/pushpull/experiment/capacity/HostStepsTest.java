package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.load.LoadResult;
import dev.pushpull.scenario.Slo;
import dev.pushpull.testing.SharedClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of load over hosts, which here are addresses of this one. */
@Timeout(120)
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class HostStepsTest {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double PER_SECOND = 600;

    private static HostPart part(Role role, String address) {
        return new HostPart(role, address, List.of(), address, address, "java", "");
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL_304", "WEBHOOK_SIGNED"})
    void allHostsTogetherMakeTheLoadAndTheirTimesAreMerged(CapacityPath path) throws Exception {
        HostPlan plan = new HostPlan(
                "hosts.toml",
                List.of(
                        part(Role.PROVIDER, "127.0.0.1"),
                        part(Role.POLLER, "127.0.1.1"),
                        part(Role.POLLER, "127.0.1.2"),
                        part(Role.RECEIVER, "127.0.2.1"),
                        part(Role.RECEIVER, "127.0.2.2")));
        Capacity.Setting setting = new Capacity.Setting(
                new Slo(0.99, TimeUnit.MILLISECONDS.toNanos(20)),
                LoadDriver.Kind.UNDERTOW,
                6,
                STEP_NANOS,
                100,
                Path.of(""),
                true,
                OptionalDouble.empty());
        try (HostSteps steps = new HostSteps(path, setting, plan)) {
            for (int step = 1; step <= 2; step++) {
                PathSteps.Made made = steps.step(PER_SECOND, 0, STEP_NANOS);
                LoadResult result = made.result();
                assertThat(result.due()).as("shared, none lost").isEqualTo(300);
                assertThat(result.response().count()).as("merged").isEqualTo(300);
                assertThat(result.errors()).isZero();
                assertThat(result.sent()).isEqualTo(300L * step);
                assertThat(made.reading().requests())
                        .as("the servers' own count")
                        .isEqualTo(result.sent());
                assertThat(made.reading().cpuNanos()).isPositive();
            }
            assertThat(steps.cores())
                    .as("one host's, however many names it has")
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }
}
