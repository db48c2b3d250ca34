package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.event.Event;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mode's journal, whose times count from the start of the measured time. */
final class ModeJournal {
    private final Map<String, JournalStep> steps = new HashMap<>();
    private long startNanos;

    static ModeJournal of(List<JournalStep> all, String mode) {
        ModeJournal journal = new ModeJournal();
        for (JournalStep step : all) {
            if (step.mode().equals(mode) && !step.eventId().isEmpty()) {
                journal.steps.put(step.step() + " " + step.eventId(), step);
            }
        }
        return journal;
    }

    /** When the measured time began; known once a step was asked for. */
    long startNanos() {
        return startNanos;
    }

    JournalStep step(Step step, Event event) {
        JournalStep found = steps.get(step + " " + event.id());
        assertThat(found).as(step + " of " + event.id()).isNotNull();
        long intendedNanos =
                event.occurredAtEpochNanos() - HostClocks.now(NanoClock.SYSTEM).offsetNanos();
        startNanos = intendedNanos - steps.get(Step.OCCURRED + " " + event.id()).fromNanos();
        return found;
    }

    long nanos(Step step, Event event) {
        return step(step, event).fromNanos() + startNanos;
    }
}
