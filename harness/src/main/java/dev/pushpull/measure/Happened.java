package dev.pushpull.measure;

import dev.pushpull.scenario.JournalStep.Step;

/**
 * A step as it was recorded, on the trial's clock.
 *
 * @param consumer -1 for what the provider did for all alike
 * @param stream empty for a step that belongs to no event
 * @param number as in {@link dev.pushpull.scenario.JournalStep}
 * @param untilNanos before {@code fromNanos} for a connection that is still open
 * @param status of the answer; 0 without one
 * @param detail what went wrong, or the stream an event occurred in
 */
public record Happened(
        Step step,
        int consumer,
        String stream,
        long sequence,
        int number,
        long fromNanos,
        long untilNanos,
        int status,
        String detail) {}
