package dev.pushpull.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection and the statements prepared on it; used by one thread at a time. */
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

    /** What follows, until {@link #commit}, happens whole or not at all. A writer in SQLite keeps all others waiting. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    /** Ends the transaction: the next statement does not begin one, so an idle session keeps nobody waiting. */
    void commit() throws SQLException {
        connection.setAutoCommit(true); // which commits
    }

    /** Undoes the transaction and ends it. */
    void rollBack() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** The statement, prepared once, with these values set; whoever runs it closes the rows it returns. */
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

    /** The number that a query answers, 0 where it answers with no row. */
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
            // it is of no use any more either way
        }
    }
}
