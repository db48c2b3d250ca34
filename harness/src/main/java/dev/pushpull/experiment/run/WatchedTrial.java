package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/**
 * A trial for somebody who watches it from outside; nothing here waits for the trial, or makes it wait for more than the
 * reading of a number.
 *
 * @param scenario with the legs of this mode, as far as they are known: drawn, where they were learned at the run's own pace
 * @param startNanos when its measured time begins
 */
public record WatchedTrial(Trial trial, Scenario scenario, long startNanos) {
    /** Its mode. */
    public DeliveryMode mode() {
        return trial.mode();
    }

    /** What happens to so many consumers at most, the first ones; empty when that happens in another process. */
    public Optional<Tail> watched(int consumers) {
        return trial.watched(consumers);
    }

    /** Counts so far: of all consumers. */
    public Counts counts() {
        return new Counts(trial.occurred(), trial.requests(), trial.empty(), trial.delivered());
    }

    /** @param empty polls that brought nothing */
    public record Counts(long events, long requests, long empty, long deliveries) {}
}
