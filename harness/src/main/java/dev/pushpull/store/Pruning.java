package dev.pushpull.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Deletes the rows of a table that are too old, a lot at a time, so that no lot takes more than some milliseconds: along
 * with other work every so often, when nothing else is to be written, and at the end. Used by the writing thread alone.
 */
abstract class Pruning {
    private static final long LOT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RowTimes times;
    private final long keepNanos;
    private long lookedNanos;

    /** Whether there are more to look at now. */
    private boolean more;

    /** @param keepNanos how long rows are kept, or {@link Inbox#FOREVER} */
    Pruning(RowTimes times, long keepNanos) {
        this.times = times;
        this.keepNanos = keepNanos;
        this.lookedNanos = times.nowNanos() - LOT_NANOS;
    }

    /** Whether rows are ever to go. */
    abstract boolean isWanted();

    /**
     * Deletes a lot.
     *
     * @param oldestEpochNanos what is older is too old
     * @return whether there are more to look at
     */
    abstract boolean deleteLot(Session session, long oldestEpochNanos) throws SQLException;

    boolean isDue() {
        return isWanted() && (more || isLongAgo());
    }

    boolean keepsForEver() {
        return keepNanos == Inbox.FOREVER;
    }

    /** Whether the last look is. */
    boolean isLongAgo() {
        return times.nowNanos() - lookedNanos > LOT_NANOS;
    }

    /** Looks once whether there are rows to delete. */
    final void look(Session session) throws SQLException {
        lookedNanos = times.nowNanos();
        more = deleteLot(session, times.epochNanos(lookedNanos) - keepNanos);
    }

    /** What to write when nothing else is. */
    final Optional<GroupCommit.Work> whenIdle() {
        return isDue() ? Optional.of(new Look()) : Optional.empty();
    }

    /** The last look. */
    final Optional<GroupCommit.Work> atTheEnd() {
        return isWanted() && !keepsForEver() ? Optional.of(new Look()) : Optional.empty();
    }

    /** Whether it can be written is nobody's business but ours. */
    private final class Look implements GroupCommit.Work {
        @Override
        public void write(Session session) throws SQLException {
            look(session);
        }

        @Override
        public void committed() {
            // nobody waits for it
        }

        @Override
        public boolean wrote() {
            return false; // perhaps nothing
        }

        @Override
        public void failed(Exception cause) {
            // the next look finds them
        }
    }
}
