package dev.pushpull.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Deletes rows that are too old from a table, a batch at a time, so that no batch takes more than a few milliseconds:
 * together with other work now and then, when nothing else needs writing, and at the end. Used only by the writing
 * thread.
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

    /** Whether rows are ever deleted. */
    abstract boolean isWanted();

    /**
     * Deletes a batch.
     *
     * @param oldestEpochNanos older rows are too old
     * @return whether there are more to look at
     */
    abstract boolean deleteLot(Session session, long oldestEpochNanos) throws SQLException;

    boolean isDue() {
        return isWanted() && (more || isLongAgo());
    }

    boolean keepsForEver() {
        return keepNanos == Inbox.FOREVER;
    }

    /** Whether this is the last look. */
    boolean isLongAgo() {
        return times.nowNanos() - lookedNanos > LOT_NANOS;
    }

    /** Checks once whether there are rows to delete. */
    final void look(Session session) throws SQLException {
        lookedNanos = times.nowNanos();
        more = deleteLot(session, times.epochNanos(lookedNanos) - keepNanos);
    }

    /** The work to write when there is none. */
    final Optional<GroupCommit.Work> whenIdle() {
        return isDue() ? Optional.of(new Look()) : Optional.empty();
    }

    /** Looks for the last time. */
    final Optional<GroupCommit.Work> atTheEnd() {
        return isWanted() && !keepsForEver() ? Optional.of(new Look()) : Optional.empty();
    }

    /** Whether it can be written concerns only us. */
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
