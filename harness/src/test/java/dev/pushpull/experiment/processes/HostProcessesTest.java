package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.ComparisonTest;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.testing.SharedClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts that a launcher starts; here each is on this host. */
@Timeout(300)
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedClasses.ForTheProgram.class)
class HostProcessesTest {
    @Test
    @Tag("slow")
    void consumersSharedByNumberCountWhatConsumersInOnePlaceDo() throws Exception {
        List<DeliveryMode> modes = HostRuns.modes("polling", "webhook");
        Scenario scenario = HostRuns.scenario(modes, 7, 2).withModeOptions(Map.of());
        Comparison.Result alone = new Comparison(scenario, modes, new Interruption(), RunListener.NONE).run();
        Comparison.Result shared = HostRuns.run(HostRuns.local("127.0.6", 2, 2), modes, scenario);
        for (int i = 0; i < modes.size(); i++) {
            Outcome one = alone.outcomes().get(i);
            Outcome other = shared.outcomes().get(i);
            ComparisonTest.assertBalanced(other);
            assertThat(other.counts().events())
                    .as(other.mode() + " events")
                    .isEqualTo(one.counts().events());
            assertThat(other.counts().delivered())
                    .as(other.mode() + " delivered")
                    .isEqualTo(one.counts().delivered());
            assertThat(other.counts().polls())
                    .as(other.mode() + " polls")
                    .isEqualTo(one.counts().polls());
            assertThat(other.counts().attempts())
                    .as(other.mode() + " attempts")
                    .isEqualTo(one.counts().attempts());
        }
        assertThat(shared.hosts())
                .extracting(HostFigures::name)
                .containsExactly(
                        "provider on 127.0.6.1",
                        "poller on 127.0.6.11",
                        "poller on 127.0.6.12",
                        "receiver on 127.0.6.21",
                        "receiver on 127.0.6.22");
        assertThat(shared.hosts()).extracting(HostFigures::consumers).containsExactly(0, 3, 4, 3, 4);
        assertThat(shared.outcomes().get(1).ledger().accounts())
                .extracting(Account::what)
                .contains(
                        "requests, provider on 127.0.6.1 to receiver on 127.0.6.21",
                        "requests, provider on 127.0.6.1 to receiver on 127.0.6.22");
        assertThat(HostRuns.parts(" on 127.0.6.")).isEmpty();
    }

    @Test
    @Tag("slow")
    void everyModeBalancesItsBooksOverPartsThatShareItsConsumers() {
        List<DeliveryMode> modes = DeliveryModes.all();
        Comparison.Result result = HostRuns.run(HostRuns.local("127.0.7", 2, 3), modes, HostRuns.scenario(modes, 7, 2));
        assertThat(result.outcomes()).hasSameSizeAs(modes);
        for (Outcome outcome : result.outcomes()) {
            ComparisonTest.assertBalanced(outcome);
            assertThat(outcome.counts().delivered())
                    .as(outcome.mode())
                    .isEqualTo(outcome.counts().expected());
        }
    }

    /** A JVM that is killed says nothing; one that crashes prints its last words where its answers are expected. */
    @ParameterizedTest
    @CsvSource({
        "provider on 127.0.3.1, KILL, 127.0.3, 1, 1",
        "poller on 127.0.4.11, SEGV, 127.0.4, 1, 0",
        "receiver on 127.0.5.21, KILL, 127.0.5, 0, 1",
    })
    void whatAPartRecordedUntilShortlyBeforeItEndedIsKept(
            String ended, String signal, String network, int pollers, int receivers) throws Exception {
        List<DeliveryMode> modes = HostRuns.modes(pollers > 0 ? "polling" : "", receivers > 0 ? "webhook" : "");
        CompletableFuture<Comparison.Result> running = HostRuns.measuring(
                HostRuns.local(network, pollers, receivers),
                modes,
                HostRuns.scenario(modes, 4, 120),
                ComparisonTest.unwarmed(modes),
                1);
        ProcessHandle part = HostRuns.process(ended);
        Comparison.Result result;
        try {
            HostRuns.signal(part, signal);
            result = running.orTimeout(60, TimeUnit.SECONDS).join();
        } finally {
            Files.deleteIfExists(Path.of("hs_err_pid" + part.pid() + ".log"));
            Files.deleteIfExists(Path.of("core"));
        }
        assertThat(result.lost())
                .hasValueSatisfying(lost -> assertThat(lost).startsWith("the " + ended + " ended before its time"));
        List<Outcome> its = result.outcomes().stream()
                .filter(outcome ->
                        ended.startsWith("provider") || outcome.mode().equals("polling") == ended.startsWith("poller"))
                .toList();
        assertThat(its).isNotEmpty().allSatisfy(outcome -> {
            assertThat(outcome.counts().events()).isPositive();
            assertThat(outcome.counts().requests()).isPositive();
            assertThat(outcome.latency().count()).isPositive();
            assertThat(outcome.invalid())
                    .anySatisfy(reason -> assertThat(reason)
                            .matches("what the %s recorded is here up to [0-9.]+ s after the start, and no further"
                                    .formatted(ended)));
        });
    }

    @Test
    void aLauncherThatCannotStartIsQuotedWithItsHost() {
        HostPart nowhere = new HostPart(
                Role.PROVIDER, "h9", List.of("no-such-launcher", "h9"), "127.0.0.1", "127.0.0.1", "java", "");
        assertThatThrownBy(() -> new HostProcesses(new HostPlan("hosts.toml", List.of(nowhere))))
                .isInstanceOf(HostLostException.class)
                .hasMessageStartingWith("provider on h9 cannot be started by 'no-such-launcher h9': ")
                .hasMessageContaining("not found");
    }

    @Test
    void aHostWithoutJavaIsNamedInItsOwnWords() {
        HostPart bare =
                new HostPart(Role.PROVIDER, "h9", List.of("env"), "127.0.0.1", "127.0.0.1", "/no/such/java", "");
        assertThatThrownBy(() -> new HostProcesses(new HostPlan("hosts.toml", List.of(bare))))
                .isInstanceOf(HostLostException.class)
                .hasMessageContaining("provider on h9")
                .hasMessageContaining("/no/such/java");
    }

    @Test
    void twoVersionsAreRefusedAndBothNamed(@TempDir Path folder) throws Exception {
        Path other = Files.createDirectories(folder.resolve("dev/pushpull/cli"));
        Files.writeString(other.resolve("version.properties"), "version=0.0.7\n");
        String classPath = folder + java.io.File.pathSeparator + System.getProperty("java.class.path");
        HostPart older = new HostPart(Role.PROVIDER, "h8", List.of(), "127.0.0.1", "127.0.0.1", "java", classPath);
        assertThatThrownBy(() -> new HostProcesses(new HostPlan("hosts.toml", List.of(older))))
                .isInstanceOf(HostLostException.class)
                .hasMessageMatching(
                        "the provider on h8 runs pushpull 0\\.0\\.7, and this is .*: both must be the same");
        assertThat(HostRuns.parts(" on h8")).isEmpty();
    }

    /** The receiver is played by a script that agrees to everything: only its provider has to try the way. */
    @Test
    void aWayThatIsClosedIsNamedWithItsDirection(@TempDir Path folder) throws Exception {
        String hello = ChildMessages.text(
                new ChildMessages.Hello(ThisProgram.identity(), "17", 1, HostClocks.now(NanoClock.SYSTEM), 9));
        Path played = Files.writeString(folder.resolve("receiver"), """
                #!/bin/sh
                echo '%s for lines'
                while IFS= read -r line; do
                  case $line in
                    '%s'*) echo "$line 1 0" ;;
                    *'"verb":"hello"'*) cat <<'END'
                %s
                END
                    ;;
                    *) echo '%s' ;;
                  esac
                done
                """.formatted(
                        ParentLink.READY,
                        ParentLink.BEAT,
                        ChildMessages.text(new ChildMessages.Reply("", hello)),
                        ChildMessages.text(new ChildMessages.Reply("", "\"\""))));
        assertThat(played.toFile().setExecutable(true)).isTrue();
        HostPart provider = HostRuns.local(Role.PROVIDER, "127.0.0.1");
        HostPart receiver =
                new HostPart(Role.RECEIVER, "h9", List.of(), "127.0.2.9", "127.0.0.1", played.toString(), "");
        assertThatThrownBy(() -> new HostProcesses(new HostPlan("hosts.toml", List.of(provider, receiver))))
                .isInstanceOf(HostLostException.class)
                .hasMessageStartingWith("the provider on 127.0.0.1 cannot reach the receiver on h9 at 127.0.2.9: ");
        assertThat(HostRuns.parts(" on h9")).isEmpty();
    }
}
