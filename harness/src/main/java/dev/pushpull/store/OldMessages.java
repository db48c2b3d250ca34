package dev.pushpull.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Deletes messages that were processed long ago, from the oldest on; an index would cost every message. */
final class OldMessages extends Pruning {
    private static final String FROM_THE_OLDEST =
            "SELECT id, scope, received_at, processed_at FROM inbox WHERE id > ? ORDER BY id LIMIT ?";
    private static final String FORGET = "DELETE FROM inbox WHERE id = ?";

    /** Old rows are looked for each time this many messages were added; twice as many rows are read at once. */
    private static final int MESSAGES_A_LOT = 1000;

    private final String scope;

    /** How far it has looked, and how many messages came since. */
    private long lookedUpTo;

    private int sinceLook;

    /** Whether it skipped old messages that were not processed. */
    private boolean passedOver;

    OldMessages(RowTimes times, Inbox.Settings settings) {
        super(times, settings.keepNanos());
        this.scope = settings.scope();
    }

    void countMessage() {
        sinceLook++;
    }

    /** What was deleted last may be there again. */
    void beginAnew() {
        lookedUpTo = 0;
    }

    @Override
    boolean isWanted() {
        return !keepsForEver();
    }

    @Override
    boolean isDue() {
        return super.isDue() || isWanted() && sinceLook >= MESSAGES_A_LOT;
    }

    /** Looks at the next rows as long as they are old enough. */
    @Override
    boolean deleteLot(Session session, long oldestEpochNanos) throws SQLException {
        sinceLook = 0;
        List<Long> old = new ArrayList<>();
        long seen = lookedUpTo;
        int read = 0;
        boolean young = false;
        try (ResultSet rows = session.statement(FROM_THE_OLDEST, lookedUpTo, 2 * MESSAGES_A_LOT)
                .executeQuery()) {
            while (!young && rows.next()) {
                read++;
                boolean ours = rows.getString(2).equals(scope);
                long processed = rows.getLong(4);
                boolean isProcessed = !rows.wasNull();
                young = ours && (isProcessed ? processed : rows.getLong(3)) >= oldestEpochNanos;
                if (!young) {
                    seen = rows.getLong(1);
                    if (ours && isProcessed) {
                        old.add(seen);
                    }
                    passedOver |= ours && !isProcessed;
                }
            }
        }
        for (long id : old) {
            session.statement(FORGET, id).executeUpdate();
        }
        boolean more = !young && read == 2 * MESSAGES_A_LOT;
        // starts over at the end: skipped messages may be processed by now, and a database reuses free numbers
        boolean anew = !more && (!young || passedOver);
        lookedUpTo = anew ? 0 : seen;
        passedOver &= !anew;
        return more;
    }
}
