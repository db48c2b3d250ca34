package dev.pushpull.scenario;

/**
 * Something that happened to an event, a poll, or a held connection, in one mode's trial.
 *
 * @param consumer whose event, from 0; -1 for what the provider did for all alike
 * @param eventId empty for a poll or a connection
 * @param sequence of the event in its stream; 0 for a poll or a connection
 * @param number for an attempt, its number from 1; for a poll or a connection, the new events it brought
 * @param fromNanos nanoseconds after the start of the measured time; below 0 for a connection that was open before
 * @param untilNanos equal to {@code fromNanos} for what takes no time
 * @param status of the answer; 0 without one
 * @param detail what went wrong, or the stream an event occurred in
 */
public record JournalStep(
        String mode,
        int consumer,
        String eventId,
        long sequence,
        Step step,
        int number,
        long fromNanos,
        long untilNanos,
        int status,
        String detail) {
    /** The same for an event that has a name. */
    public JournalStep of(String id) {
        return new JournalStep(mode, consumer, id, sequence, step, number, fromNanos, untilNanos, status, detail);
    }

    /** The kind of step. */
    public enum Step {
        /** From its intended time until the provider began to log it. */
        OCCURRED("provider"),
        /** A webhook was sent, and answered. */
        ATTEMPT("provider"),
        /** A poll was sent, and its answer was parsed. */
        POLL("consumer"),
        /** A connection was held open, from its opening to its end. */
        HELD("consumer"),
        /** The consumer held it: a webhook read and verified, or a poll's answer parsed. */
        RECEIVED("consumer"),
        /** The consumer had finished with it. */
        PROCESSED("consumer");

        private final String side;

        Step(String side) {
            this.side = side;
        }

        /** The side that saw it: provider or consumer. */
        public String side() {
            return side;
        }
    }
}
