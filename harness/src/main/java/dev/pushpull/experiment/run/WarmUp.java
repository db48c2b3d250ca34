package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Warms up the mode's whole path, with a provider and consumers of its own: first some thousands of requests at full
 * speed, then about a second at the run's own pace, which shows how long the legs of the path take. None of this enters
 * the measured figures.
 */
public final class WarmUp {
    private static final long ENOUGH_REQUESTS = 12_000;
    private static final long ENOUGH_HANDSHAKES = 500;

    /** How long each part may last, if not {@link #LONGEST_MILLIS}: a path that nobody measures need not be warm. */
    private static final String LONGEST_PROPERTY = "pushpull.longestWarmUpMillis";

    private static final long LONGEST_MILLIS = 4_000;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final TrialGroup.Host host;
    private final Interruption interruption;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final long longestNanos = longestNanos();

    public WarmUp(TrialGroup.Host host, Interruption interruption) {
        this.host = host;
        this.interruption = interruption;
    }

    /** How long a warm-up may last, or each of its parts. */
    public static long longestNanos() {
        return TimeUnit.MILLISECONDS.toNanos(Long.getLong(LONGEST_PROPERTY, LONGEST_MILLIS));
    }

    /** Runs thousands of requests at full speed. */
    public void warmUp(DeliveryMode mode, Scenario scenario) throws IOException, InterruptedException {
        Scenario near =
                mode.live().atFullSpeed(scenario).withWire(scenario.wire().near());
        if (scenario.wire().tls()) {
            run(mode, near.withWire(near.wire().keeping(0)), ENOUGH_HANDSHAKES, longestNanos);
        }
        run(mode, near, ENOUGH_REQUESTS, longestNanos);
    }

    /**
     * Measures the legs between consumer and provider at the run's own pace, over standing connections and without the
     * wire's delay.
     *
     * @param mostNanos how long that may take
     */
    public Scenario.Network legs(DeliveryMode mode, Scenario scenario, long mostNanos)
            throws IOException, InterruptedException {
        return mode.live()
                .legs(run(
                        mode,
                        mode.live()
                                .paced(scenario)
                                .withWire(scenario.wire().near().keeping(Scenario.Wire.AS_USUAL)),
                        Long.MAX_VALUE,
                        Math.min(mostNanos, longestNanos)));
    }

    private Recording run(DeliveryMode mode, Scenario scenario, long enoughRequests, long mostNanos)
            throws IOException, InterruptedException {
        try (TrialGroup group = host.open(new TrialSetup(scenario, EventPlan.draw(scenario), List.of(mode), 0))) {
            Trial trial = group.trials().get(0);
            long startNanos = clock.nanoTime() + LiveRun.leadNanos(mode, scenario);
            group.start(startNanos);
            long endNanos = startNanos + Math.min(mostNanos, scenario.run().durationNanos());
            while (trial.requests() < enoughRequests
                    && clock.nanoTime() < endNanos
                    && !interruption.await(LOOK_EVERY_NANOS)) {
                continue;
            }
            group.stopEvents();
            trial.stop();
            return trial.books().record();
        }
    }
}
