package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Warms up by work: the mode's whole path, with a provider and consumers of their own, first at full speed for some
 * thousands of requests, then for about a second at the run's own pace, which tells how long the legs of the path take.
 * Nothing of it enters the measured figures.
 */
final class Rehearsal {
    private static final long ENOUGH_REQUESTS = 12_000;
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Play.Stage stage;
    private final Interruption interruption;
    private final NanoClock clock = NanoClock.SYSTEM;

    Rehearsal(Play.Stage stage, Interruption interruption) {
        this.stage = stage;
        this.interruption = interruption;
    }

    /** Thousands of requests at full speed. */
    void warmUp(DeliveryMode mode, Scenario scenario) throws IOException, InterruptedException {
        play(mode, mode.rehearsal(scenario), ENOUGH_REQUESTS, LONGEST_NANOS);
    }

    /**
     * The legs between consumer and provider, at the run's own pace.
     *
     * @param mostNanos how long that may take
     */
    Scenario.Network legs(DeliveryMode mode, Scenario scenario, long mostNanos)
            throws IOException, InterruptedException {
        return mode.legs(play(mode, mode.paced(scenario), Long.MAX_VALUE, mostNanos));
    }

    private Recorder.Record play(DeliveryMode mode, Scenario scenario, long enoughRequests, long mostNanos)
            throws IOException, InterruptedException {
        try (Play play = stage.open(new Cast(scenario, EventPlan.draw(scenario), List.of(mode), 0))) {
            Trial trial = play.trials().get(0);
            long startNanos = clock.nanoTime() + LiveRun.leadNanos(mode, scenario);
            play.start(startNanos);
            long endNanos = startNanos + Math.min(mostNanos, scenario.run().durationNanos());
            while (trial.requests() < enoughRequests
                    && clock.nanoTime() < endNanos
                    && !interruption.await(LOOK_EVERY_NANOS)) {
                continue;
            }
            play.stopEvents();
            trial.stop();
            return trial.books().record();
        }
    }
}
