package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.HostProcesses;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The same comparison for one scenario after another, live or in virtual time. */
public final class Sweep {
    private final List<Scenario> cells;
    private final List<DeliveryMode> modes;
    private final Interruption interruption;
    private final RunListener listener;

    /** Where a cell runs. */
    private interface Running {
        Comparison.Result run(Comparison cell) throws IOException, InterruptedException;
    }

    /** @param modes of every cell */
    public Sweep(List<Scenario> cells, List<DeliveryMode> modes, Interruption interruption, RunListener listener) {
        this.cells = cells;
        this.modes = modes;
        this.interruption = interruption;
        this.listener = listener;
    }

    /**
     * Runs live, one after another, since they share the machine. The first cell warms up for all. On other hosts the parts
     * stay from the first cell to the last, and a host that is lost ends the sweep.
     *
     * @param hosts where the parts are; empty for this process
     * @param measured notified of each cell as soon as it is done, in order; the last may be incomplete
     * @throws IOException when consumers cannot reach their provider, or the parts cannot be had
     */
    public void live(Optional<HostPlan> hosts, Consumer<Comparison.Result> measured)
            throws IOException, InterruptedException {
        if (hosts.isEmpty()) {
            live(Comparison::run, measured);
            return;
        }
        try (HostProcesses parts = new HostProcesses(hosts.get())) {
            live(cell -> cell.runOn(parts), measured);
        }
    }

    private void live(Running running, Consumer<Comparison.Result> measured) throws IOException, InterruptedException {
        boolean lost = false;
        for (int i = 0; i < cells.size() && !interruption.requested() && !lost; i++) {
            Comparison cell = new Comparison(cells.get(i), modes, interruption, watching(i), i > 0);
            Comparison.Result result = running.run(cell);
            lost = result.lost().isPresent();
            measured.accept(result);
        }
    }

    /** Runs in virtual time; each cell uses all cores. */
    public void simulated(Consumer<Comparison.Result> measured) throws InterruptedException {
        for (int i = 0; i < cells.size() && !interruption.requested(); i++) {
            Scenario cell = cells.get(i);
            List<Outcome> outcomes = new Simulation().run(cell, modes, 1, interruption, watching(i));
            if (!outcomes.isEmpty()) {
                measured.accept(simulated(cell, outcomes));
            }
        }
    }

    /** A cell's result in virtual time, where nothing is measured but outcomes. */
    public static Comparison.Result simulated(Scenario cell, List<Outcome> outcomes) {
        return new Comparison.Result(
                outcomes,
                Noise.none(),
                cell.run().durationNanos(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private RunListener watching(int index) {
        return new RunListener() {
            @Override
            public void phase(String what) {
                listener.phase("%s, cell %d of %d".formatted(what, index + 1, cells.size()));
            }

            @Override
            public void progress(Progress progress) {
                listener.progress(progress);
            }
        };
    }
}
