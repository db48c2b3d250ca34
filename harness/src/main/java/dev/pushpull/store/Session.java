package dev.pushpull.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection and its prepared statements; used by one thread at a time. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    boolean isOpen() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Everything until {@link #commit} happens completely or not at all. A writer in SQLite makes all others wait. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    /** Ends the transaction. The next statement does not begin another, so an idle session makes nobody wait. */
    void commit() throws SQLException {
        connection.setAutoCommit(true); // which commits
    }

    /** Undoes the transaction and ends it. */
    void rollBack() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** The statement, prepared once, with these values set; the caller closes the rows it returns. */
    PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    /** The number that a query returns, 0 when it returns no row. */
    long number(String sql, Object... values) throws SQLException {
        try (ResultSet rows = statement(sql, values).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // it is useless now in any case
        }
    }
}
