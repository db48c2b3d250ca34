package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.ComparisonTest;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs over hosts, for tests. */
final class HostRuns {
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private HostRuns() {}

    static HostPart local(Role role, String address) {
        return new HostPart(role, address, List.of(), address, address, "java", "");
    }

    /**
     * A provider, and these consumers, at addresses of this host.
     *
     * @param network the first three numbers of their addresses: runs at the same time have each their own
     */
    static HostPlan local(String network, int pollers, int receivers) {
        List<HostPart> parts = new ArrayList<>();
        parts.add(local(Role.PROVIDER, network + ".1"));
        for (int i = 1; i <= pollers; i++) {
            parts.add(local(Role.POLLER, network + ".1" + i));
        }
        for (int i = 1; i <= receivers; i++) {
            parts.add(local(Role.RECEIVER, network + ".2" + i));
        }
        return new HostPlan("hosts.toml", parts);
    }

    static Scenario scenario(List<DeliveryMode> modes, int consumers, long seconds) {
        Scenario scenario = ComparisonTest.scenario(
                new PoissonArrivals(5),
                Scenario.Streams.PER_CONSUMER,
                consumers,
                seconds * ComparisonTest.SECOND,
                200 * ComparisonTest.MILLISECOND);
        return scenario.withRun(scenario.run()
                        .withModes(modes.stream().map(DeliveryMode::name).toList()))
                .withModeOptions(Map.of("--reconcile", "500ms", "--wait", "1s"));
    }

    static List<DeliveryMode> modes(String... names) {
        return DeliveryModes.all().stream()
                .filter(mode -> List.of(names).contains(mode.name()))
                .toList();
    }

    static Comparison.Result run(HostPlan plan, List<DeliveryMode> modes, Scenario scenario) {
        try {
            return new Comparison(scenario, modes, new Interruption(), RunListener.NONE)
                    .over(plan)
                    .run();
        } catch (java.io.IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** All modes over these hosts balance their books, and count what they do on one host with the same seed. */
    static void assertAsOnOneHost(HostPlan plan) throws Exception {
        List<DeliveryMode> modes = DeliveryModes.all();
        Scenario scenario = scenario(modes, 4, 2);
        Comparison.Result alone = new Comparison(scenario, modes, new Interruption(), RunListener.NONE).run();
        Comparison.Result apart = run(plan, modes, scenario);
        assertThat(apart.hosts()).extracting(HostFigures::role).containsExactly("provider", "poller", "receiver");
        assertThat(apart.outcomes()).hasSameSizeAs(modes);
        for (int i = 0; i < modes.size(); i++) {
            Outcome outcome = apart.outcomes().get(i);
            ComparisonTest.assertBalanced(outcome);
            Outcome.Counts same = alone.outcomes().get(i).counts();
            assertThat(List.of(
                            outcome.counts().events(),
                            outcome.counts().expected(),
                            outcome.counts().delivered()))
                    .as(outcome.mode() + ": events, deliveries due, and deliveries")
                    .isEqualTo(List.of(same.events(), same.expected(), same.delivered()));
        }
    }

    /** A run under way, which has measured for some seconds. */
    static CompletableFuture<Comparison.Result> measuring(HostPlan plan, List<DeliveryMode> modes, Scenario scenario) {
        return measuring(plan, modes, scenario, WarmedUp.NOT, 3);
    }

    /** A run under way, which has measured for so long, and whose parts were asked for their records if that is a second. */
    static CompletableFuture<Comparison.Result> measuring(
            HostPlan plan, List<DeliveryMode> modes, Scenario scenario, WarmedUp known, int seconds) {
        CompletableFuture<Void> measuring = new CompletableFuture<>();
        RunListener listener = new RunListener() {
            private volatile boolean begun;
            private volatile boolean asked;

            @Override
            public void phase(String what) {
                begun = what.startsWith("measuring");
            }

            @Override
            public void progress(Progress progress) {
                if (begun && progress.elapsedNanos() > seconds * ComparisonTest.SECOND) {
                    if (asked) {
                        measuring.complete(null);
                    }
                    asked = true; // as soon as this has returned
                }
            }
        };
        CompletableFuture<Comparison.Result> running = CompletableFuture.supplyAsync(() -> {
            try {
                return new Comparison(scenario, modes, new Interruption(), listener, known)
                        .over(plan)
                        .run();
            } catch (java.io.IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        CompletableFuture.anyOf(measuring, running)
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
        return running;
    }

    /** The process of a part. */
    static ProcessHandle process(String name) {
        return parts(name).stream().findFirst().orElseThrow();
    }

    /** Parts whose names contain this, wherever they were started. */
    static List<ProcessHandle> parts(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("-Dpushpull.part=")
                        && commandLine(process).contains(name))
                .toList();
    }

    /** Whole, however long it is. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (java.io.IOException e) {
            return ""; // it has ended
        }
    }

    static void signal(ProcessHandle process, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    static void await(String what, BooleanSupplier happened) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
