package dev.pushpull.store;

import dev.pushpull.store.Outbox.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The deliveries of an outbox. A delivery's row is deleted when it ends, except that of the newest, which stays until
 * there is a newer one, because the next number is counted from it. What is remembered belongs to the writing thread.
 */
final class DeliveryRows {
    private static final String OPEN = "SELECT number, subscription, position, attempts, next_attempt_at"
            + " FROM outbox_delivery WHERE scope = ? AND state = 'open' ORDER BY number";
    private static final String LAST_NUMBER = "SELECT COALESCE(MAX(number), 0) FROM outbox_delivery WHERE scope = ?";
    private static final String INSERT =
            "INSERT INTO outbox_delivery (scope, number, position, subscription, state, attempts)"
                    + " VALUES (?, ?, ?, ?, 'open', 0)";
    private static final String ATTEMPTED =
            "UPDATE outbox_delivery SET attempts = ?, next_attempt_at = ? WHERE scope = ? AND number = ?";
    private static final String DELETE = "DELETE FROM outbox_delivery WHERE scope = ? AND number = ?";
    private static final String END_NEWEST =
            "UPDATE outbox_delivery SET state = 'ended' WHERE scope = ? AND number = ?";
    private static final String NEWEST_ENDED = LAST_NUMBER + " AND state <> 'open'";
    private static final String DELETE_ENDED = "DELETE FROM outbox_delivery WHERE scope = ? AND state <> 'open'"
            + " AND number < (SELECT MAX(number) FROM outbox_delivery WHERE scope = ?)";
    private static final String DELETE_FROM = "DELETE FROM outbox_delivery WHERE scope = ? AND position >= ?";

    private final String scope;

    /** The highest number in the table, and that of the row kept only for its number, or 0. */
    private long newest;

    private long newestEnded;

    DeliveryRows(String scope) {
        this.scope = scope;
    }

    List<Delivery> open(Session session) throws SQLException {
        List<Delivery> open = new ArrayList<>();
        try (ResultSet rows = session.statement(OPEN, scope).executeQuery()) {
            while (rows.next()) {
                open.add(new Delivery(
                        rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getInt(4), rows.getLong(5)));
            }
        }
        return open;
    }

    long lastNumber(Session session) throws SQLException {
        return session.number(LAST_NUMBER, scope);
    }

    /** An earlier version of this program kept deliveries that had ended. */
    void deleteEnded(Session session) throws SQLException {
        session.statement(DELETE_ENDED, scope, scope).executeUpdate();
    }

    /** Reads what is remembered about the rows. */
    void read(Session session) throws SQLException {
        newest = lastNumber(session);
        newestEnded = session.number(NEWEST_ENDED, scope);
    }

    void insert(Session session, Delivery delivery) throws SQLException {
        session.statement(INSERT, scope, delivery.number(), delivery.position(), delivery.subscription())
                .executeUpdate();
        if (delivery.number() > newest) {
            newest = delivery.number();
            if (newestEnded != 0) {
                session.statement(DELETE, scope, newestEnded).executeUpdate();
                newestEnded = 0;
            }
        }
    }

    void attempted(Session session, long number, int attempts, long nextAttemptEpochNanos) throws SQLException {
        session.statement(ATTEMPTED, attempts, nextAttemptEpochNanos, scope, number)
                .executeUpdate();
    }

    void end(Session session, long number) throws SQLException {
        if (number == newest) {
            session.statement(END_NEWEST, scope, number).executeUpdate();
            newestEnded = number;
        } else {
            session.statement(DELETE, scope, number).executeUpdate();
        }
    }

    /** The deliveries of events from this position on. */
    void deleteFrom(Session session, long position) throws SQLException {
        session.statement(DELETE_FROM, scope, position).executeUpdate();
    }
}
