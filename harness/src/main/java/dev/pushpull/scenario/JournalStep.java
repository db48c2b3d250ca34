package dev.pushpull.scenario;

/**
 * Something that happened to an event, or a poll, in one mode's trial.
 *
 * @param consumer whose event, from 0; -1 for what happened at the provider to all alike
 * @param eventId empty for a poll
 * @param sequence of the event in its stream; 0 for a poll
 * @param number of an attempt, from 1; of a poll, the new events it brought
 * @param fromNanos nanoseconds after the beginning of the measured time
 * @param untilNanos the same as {@code fromNanos} for what takes no time
 * @param status of the answer to a request; 0 without one
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
    /** The same, of an event that can be named. */
    public JournalStep of(String id) {
        return new JournalStep(mode, consumer, id, sequence, step, number, fromNanos, untilNanos, status, detail);
    }

    /** What kind of thing. */
    public enum Step {
        /** It was to occur then, and until then the provider had not begun to log it. */
        OCCURRED("provider"),
        /** A webhook was sent, and the answer was there. */
        ATTEMPT("provider"),
        /** A poll was sent, and its answer parsed. */
        POLL("consumer"),
        /** The consumer held it: a webhook read and verified, a poll's answer parsed. */
        RECEIVED("consumer"),
        /** The consumer had finished with it. */
        PROCESSED("consumer");

        private final String side;

        Step(String side) {
            this.side = side;
        }

        /** Who saw it: provider or consumer. */
        public String side() {
            return side;
        }
    }
}
