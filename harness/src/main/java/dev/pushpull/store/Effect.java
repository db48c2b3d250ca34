package dev.pushpull.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What processing a message does to the database. It runs in the transaction that marks the message processed, so both
 * happen or neither does.
 */
@FunctionalInterface
public interface Effect {
    /** The mark is all. */
    Effect NONE = (connection, message) -> {};

    /**
     * @param connection commits by itself; neither commit nor close it
     * @throws SQLException undoes the whole commit; the message is processed again
     */
    void apply(Connection connection, Inbox.Message message) throws SQLException;
}
