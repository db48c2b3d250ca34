package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.ComparisonTest;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts with a network of their own: what becomes of a run when one of them fails, or has another clock. */
@Timeout(300)
@Tag("slow")
class LostHostsTest {
    private final List<DeliveryMode> modes = HostRuns.modes("polling", "webhook");
    private NetworkNamespaces hosts;

    @BeforeEach
    void build() throws Exception {
        try {
            hosts = new NetworkNamespaces(3);
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @AfterEach
    void takeAway() throws Exception {
        if (hosts != null) {
            hosts.close();
            HostRuns.await("no process is left", () -> HostRuns.parts(" on h").isEmpty());
        }
    }

    private HostPlan plan(String... beforePoller) {
        return new HostPlan(
                "hosts.toml",
                List.of(
                        hosts.part(Role.PROVIDER, 1),
                        hosts.part(Role.POLLER, 2, beforePoller),
                        hosts.part(Role.RECEIVER, 3)));
    }

    private CompletableFuture<Comparison.Result> measuring() {
        return HostRuns.measuring(plan(), modes, HostRuns.scenario(modes, 4, 120));
    }

    private static void assertLost(CompletableFuture<Comparison.Result> running, String words) {
        Comparison.Result result = running.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(result.lost()).hasValueSatisfying(lost -> assertThat(lost).startsWith(words));
        assertThat(result.outcomes())
                .as("what was measured is kept")
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(outcome.invalid()).contains(result.lost().orElseThrow()))
                .allSatisfy(outcome -> assertThat(outcome.latency().count()).isPositive());
    }

    @Test
    void aPartThatIsKilledEndsTheRunWithItsHostsName() throws Exception {
        CompletableFuture<Comparison.Result> running = measuring();
        HostRuns.signal(HostRuns.process("poller on h2"), "KILL");
        assertLost(running, "the poller on h2 ended before its time");
    }

    @Test
    void aPartThatIsStoppedIsLostAfterFiveSeconds() throws Exception {
        CompletableFuture<Comparison.Result> running = measuring();
        HostRuns.signal(HostRuns.process("receiver on h3"), "STOP");
        assertLost(running, "the receiver on h3 said nothing for 5 s");
    }

    @Test
    void aCableThatIsCutIsNamedByWhoHearsNothing() throws Exception {
        CompletableFuture<Comparison.Result> running = measuring();
        hosts.cut(2);
        assertLost(running, "the poller on h2 has not heard the provider on h1 for 5 s");
    }

    @Test
    void aProviderThatIsCutOffIsNamedByAll() throws Exception {
        CompletableFuture<Comparison.Result> running = measuring();
        hosts.cut(1);
        assertLost(running, "no part on another host has heard the provider on h1 for 5 s");
    }

    /** The system itself would go on asking for two minutes. */
    @Test
    void aProviderWhoseHostDropsEverythingEndsTheRunBeforeItBegins() throws Exception {
        hosts.swallow(2, 1);
        CompletableFuture<Comparison.Result> running =
                CompletableFuture.supplyAsync(() -> HostRuns.run(plan(), modes, HostRuns.scenario(modes, 4, 120)));
        assertThatThrownBy(() -> running.orTimeout(60, TimeUnit.SECONDS).join())
                .cause()
                .isInstanceOf(HostLostException.class)
                .hasMessageStartingWith("the poller on h2 cannot reach the provider on h1 at 10.78.0.1: ");
    }

    @Test
    void aClockThatIsFarAwayIsBoundedAndItsLatenciesSaySo() throws Exception {
        HostPlan plan = plan("unshare", "-T", "--monotonic", "500000", "-f");
        Comparison.Result result = HostRuns.run(plan, modes, HostRuns.scenario(modes, 4, 3));
        Outcome polling = result.outcomes().get(0);
        ComparisonTest.assertBalanced(polling);
        assertThat(polling.conditions().clock().crosses()).isTrue();
        HostFigures.Clock clock = result.hosts().get(1).clock();
        assertThat(-500_000_000_000_000L).as("the truth").isBetween(clock.leastOffsetNanos(), clock.mostOffsetNanos());
        assertThat(clock.leastDriftMillionths()).isLessThan(0);
        assertThat(clock.mostDriftMillionths()).isGreaterThan(0);
        assertThat(polling.latency().meanMillis().orElseThrow()).isBetween(20.0, 400.0);
        assertThat(result.outcomes().get(1).conditions().clock().crosses()).isFalse();
    }

    @Test
    void aPartThatIsToldTooLateMakesTheRunInvalid(@TempDir Path folder) throws Exception {
        // it passes on what it is told line by line, and takes four seconds over a start
        Path slow = Files.writeString(
                folder.resolve("slow.sh"),
                "while IFS= read -r line; do case $line in *'\"verb\":\"start\"'*) sleep 4;; esac;"
                        + " printf '%s\\n' \"$line\"; done | \"$@\"\n");
        HostPart far = hosts.part(Role.POLLER, 2, "sh", slow.toString());
        HostPlan plan =
                new HostPlan("hosts.toml", List.of(hosts.part(Role.PROVIDER, 1), far, hosts.part(Role.RECEIVER, 3)));
        Comparison.Result result = HostRuns.run(plan, modes, HostRuns.scenario(modes, 4, 3));
        assertThat(result.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.invalid())
                        .anySatisfy(reason -> assertThat(reason)
                                .matches("the poller on h2 acknowledged its start [0-9.]+ s after it")));
    }
}
