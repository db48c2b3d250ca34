package dev.pushpull.report.sweep;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Simulation;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Sweeps in virtual time over two intervals and three rates, by the very modes. */
final class SimulatedSweeps {
    private static final long SECOND = 1_000_000_000L;
    private static final List<Long> INTERVALS_MILLIS = List.of(500L, 4_000L);
    private static final List<Double> RATES = List.of(0.25, 1.0, 4.0);

    private SimulatedSweeps() {}

    /** One simulated sweep; {@code change} applies to the scenario of every cell. */
    static SweepRecord sweep(long seed, int seconds, UnaryOperator<Scenario> change, String... names) {
        List<DeliveryMode> modes = modes(names);
        List<RunRecord> cells = new ArrayList<>();
        for (long interval : INTERVALS_MILLIS) {
            for (double rate : RATES) {
                Scenario scenario = change.apply(Runs.ordinary()
                        .intervalMillis(interval)
                        .rate(rate)
                        .seconds(seconds)
                        .modes(names)
                        .scenario());
                cells.add(cell(
                        scenario.withRun(new Scenario.Run(List.of(names), seconds * SECOND, 5 * SECOND, seed, false)),
                        modes));
            }
        }
        return Sweeps.of(cells);
    }

    private static List<DeliveryMode> modes(String... names) {
        List<DeliveryMode> modes = new ArrayList<>();
        for (String name : names) {
            DeliveryModes.all().stream()
                    .filter(mode -> mode.name().equals(name))
                    .forEach(modes::add);
        }
        return modes;
    }

    private static RunRecord cell(Scenario scenario, List<DeliveryMode> modes) {
        try {
            return new RunRecord(
                    RunRecord.SCHEMA_VERSION,
                    "a-sweep",
                    "sweep",
                    List.of("pushpull", "sweep"),
                    "2026-11-23T13:52:22Z",
                    scenario.run().durationNanos(),
                    scenario,
                    new Simulation().run(scenario, modes, 1, new Interruption(), RunListener.NONE),
                    RunRecord.Noise.none(),
                    Map.of(),
                    false,
                    List.of());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
