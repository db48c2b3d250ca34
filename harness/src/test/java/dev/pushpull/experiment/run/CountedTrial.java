package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.JournalStep;
import java.util.List;
import java.util.function.Supplier;

/**
 * A trial in which nothing runs.
 *
 * @param counted what both sides say when they are asked
 */
public record CountedTrial(Supplier<TrialBooks> counted, String name) implements Trial {
    @Override
    public TrialBooks books() {
        return counted.get();
    }

    @Override
    public DeliveryMode mode() {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public long occurred() {
        return 0;
    }

    @Override
    public long requests() {
        return 1;
    }

    @Override
    public long delivered() {
        return 0;
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public void cutShort(long endNanos) {
        // nothing runs
    }

    @Override
    public void stop() {
        // nothing runs
    }

    @Override
    public List<JournalStep> journal() {
        return List.of();
    }
}
