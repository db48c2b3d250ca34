package dev.pushpull.trace;

/**
 * A way in which people write times. It reads one from the start of a text and says where it ended; what only the whole
 * file can tell, such as the year of a log that names none, it settles at the end.
 */
sealed interface TimeForm permits EpochNumbers, IsoTimes, NamedMonths, DayAndMonth {
    /** How {@code --trace-form} names it. */
    TraceForm kind();

    /**
     * Reads a time.
     *
     * @return whether there was one; then the scan stands behind it and has its moment, otherwise the scan's place is
     *     anywhere
     */
    boolean read(Scan scan);

    /** What the numbers count, for the sentence about what was decided; empty for forms that say so themselves. */
    default String unit() {
        return "";
    }

    /**
     * Makes epoch nanoseconds of the moments that were read.
     *
     * @param moments changed in place
     * @return what was decided on the way; empty when there was nothing to decide
     * @throws TraceDoubt when the file alone does not tell
     */
    default String settle(long[] moments, int count) {
        return "";
    }
}
