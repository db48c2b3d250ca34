package dev.pushpull.cli;

import dev.pushpull.experiment.Demonstration;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code demo}: a comparison to play with. */
@Command(
        header = "Show polling and webhooks live, on a page with sliders.",
        name = "demo",
        sortOptions = false,
        description = "Serves a page on loopback that shows a live comparison in large type, with sliders for rate and "
                + "interval, a choice of modes, an outage, and a button that explains the last event step by step. "
                + "Prints its address and runs until you stop it. Keeps no results.",
        footer = {
            "",
            "Examples:",
            "  pushpull demo",
            "",
            "Exit codes: 1 something outside failed, 2 usage, 130 interrupted."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int CONSUMERS = 5;
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Soon enough for the end of an outage to be seen. */
    private static final RetrySchedule RETRIES = new RetrySchedule(
            List.of(0L, 1L, 1L, 2L, 2L, 4L, 4L).stream()
                    .map(TimeUnit.SECONDS::toNanos)
                    .toList(),
            0.1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        DemoControls controls = new DemoControls();
        try (Watching watching = Watching.of("Polling or webhooks?", Optional.of(controls), new Progress(false))) {
            Demonstration demonstration = new Demonstration(scenario(), watching);
            controls.of(demonstration);
            demonstration.run(interruption);
            return ExitCode.INTERRUPTED;
        } finally {
            guard.close();
        }
    }

    static Scenario scenario() {
        return new Scenario(
                new Scenario.Events(
                        new PoissonArrivals(0.5), Scenario.Streams.PER_CONSUMER, CONSUMERS, 256, "demo.event", 1000),
                new Scenario.Polling(TimeUnit.SECONDS.toNanos(2), 100, Phase.RANDOM),
                new Scenario.Webhooks("standard-webhooks", RETRIES, 64, 64, TIMEOUT_NANOS, TIMEOUT_NANOS, 1000),
                Scenario.Network.NONE,
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of("polling", "webhook"), TimeUnit.MINUTES.toNanos(1), 0, 1, false),
                Map.of());
    }
}
