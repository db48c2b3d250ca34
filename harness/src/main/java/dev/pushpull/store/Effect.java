package dev.pushpull.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What processing a message changes in the database. It runs in the transaction that marks the message as processed, so
 * both happen or neither does.
 */
@FunctionalInterface
public interface Effect {
    /** Only the mark. */
    Effect NONE = (connection, message) -> {};

    /**
     * @param connection is committed by the caller; do not commit or close it
     * @throws SQLException undoes the whole commit; the message is processed again
     */
    void apply(Connection connection, Inbox.Message message) throws SQLException;
}
