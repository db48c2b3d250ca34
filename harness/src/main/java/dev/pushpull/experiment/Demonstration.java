package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.LiveRun;
import dev.pushpull.experiment.run.LocalTrialGroup;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A comparison that goes on until somebody ends it, and whose scenario may change meanwhile. It is a chain of live runs:
 * a change breaks off the one that is under way, with what is on its way in it, and begins the next with the new
 * scenario. Its figures are for looking at, and are not kept: each mode has warmed up for some seconds only.
 */
public final class Demonstration {
    /** The events of a run are drawn in advance; who looks on longer sees another one begin. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long UNTIL_OUTAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final RunListener listener;
    private WarmedUp warmedUp = WarmedUp.NOT;
    private Scenario scenario;
    private long outageNanos;
    private Interruption current = new Interruption();
    private boolean ended;

    /** @param scenario to begin with; its duration and what goes wrong in it do not matter */
    public Demonstration(Scenario scenario, RunListener listener) {
        this.scenario = scenario;
        this.listener = listener;
    }

    /** The scenario of the run that is under way, or about to begin. */
    public synchronized Scenario scenario() {
        return scenario;
    }

    /** Goes on with another scenario, as soon as what is under way has stopped. Any thread may call it. */
    public synchronized void change(UnaryOperator<Scenario> to) {
        scenario = to.apply(scenario);
        current.request();
    }

    /** All consumers go down in a moment, for so long. */
    public synchronized void outage(long lengthNanos) {
        outageNanos = lengthNanos;
        current.request();
    }

    private synchronized void end() {
        ended = true;
        current.request();
    }

    /** The next run, if there is one; its seed is another one, so that events do not repeat themselves. */
    private synchronized Optional<Scenario> next(long number) {
        if (ended) {
            return Optional.empty();
        }
        current = new Interruption();
        Scenario.Run run = scenario.run();
        Scenario next = scenario.withRun(run.withSeed(run.seed() + number)
                .withDurationNanos(LONGEST_NANOS)
                .withDrainNanos(0));
        if (outageNanos > 0) {
            next = next.withFaults(
                    Scenario.Faults.NONE.withOutages(List.of(new Outage(UNTIL_OUTAGE_NANOS, outageNanos))));
            outageNanos = 0;
        }
        return Optional.of(next);
    }

    private synchronized Interruption current() {
        return current;
    }

    /** Goes on until an end is requested. */
    public void run(Interruption all) throws IOException, InterruptedException {
        Thread ending = new Thread(
                () -> {
                    try {
                        all.await(Long.MAX_VALUE);
                        end();
                    } catch (InterruptedException e) {
                        // it has ended otherwise
                    }
                },
                "end of the demonstration");
        ending.setDaemon(true);
        ending.start();
        try {
            Optional<Scenario> next = next(0);
            for (long number = 1; next.isPresent(); number++) {
                run(next.get(), current());
                next = next(number);
            }
        } finally {
            ending.interrupt();
        }
    }

    private void run(Scenario next, Interruption interruption) throws IOException, InterruptedException {
        List<DeliveryMode> modes = next.run().modes().stream()
                .map(name -> DeliveryModes.all().stream()
                        .filter(mode -> mode.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .map(mode -> DeliveryModes.in(next, mode))
                .toList();
        List<DeliveryMode> cold = modes.stream()
                .filter(mode -> !warmedUp.legs().containsKey(mode.name()))
                .toList();
        if (!cold.isEmpty()) {
            Scenario brief = next.withFaults(Scenario.Faults.NONE)
                    .withRun(next.run()
                            .withModes(cold.stream().map(DeliveryMode::name).toList())
                            .withDurationNanos(WARM_UP_NANOS));
            warmedUp = warmedUp.plus(new Comparison(brief, cold, interruption, listener, true).warmedUp());
        }
        if (!interruption.requested()) {
            listener.phase("running, until you stop the program");
            new LiveRun(new LocalTrialGroup.Host(), next, EventPlan.draw(next), interruption, listener, 0)
                    .run(modes, warmedUp);
        }
    }
}
