package dev.pushpull.store;

import java.sql.SQLException;
import java.util.List;

/**
 * Writes work in one transaction. If the connection was lost or may be useless, it makes a new one. Used by one thread
 * at a time.
 */
final class Transactions implements AutoCloseable {
    private final Database database;
    private final GroupCommit.Memory memory;

    /** Null without a connection. */
    private Session session;

    private boolean unreachable;

    /** @param ofOneWork whether one work failed, rather than all writing */
    record Failure(Exception cause, boolean ofOneWork) {}

    Transactions(Database database, GroupCommit.Memory memory) {
        this.database = database;
        this.memory = memory;
    }

    void connect() throws SQLException {
        unreachable = true;
        Session fresh = database.connect();
        try {
            memory.connected(fresh);
            session = fresh;
            unreachable = false;
        } catch (SQLException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    boolean isConnected() {
        return session != null;
    }

    /** Whether its last try to connect failed. */
    boolean isUnreachable() {
        return unreachable;
    }

    /** Null when everything is committed; otherwise each written work has been undone. */
    Failure commit(List<GroupCommit.Work> works) {
        int written = 0;
        boolean writing = false;
        try {
            if (session == null) {
                connect();
            }
            session.begin();
            writing = true;
            while (written < works.size()) {
                works.get(written++).write(session);
            }
            writing = false;
            session.commit();
            return null;
        } catch (Exception | Error e) {
            boolean ofOneWork = writing && !database.fails(e, session);
            for (int i = written - 1; i >= 0; i--) {
                works.get(i).undone();
            }
            rollBack(ofOneWork);
            return new Failure(e instanceof Exception cause ? cause : new IllegalStateException(e), ofOneWork);
        }
    }

    private void rollBack(boolean keepsSession) {
        if (session == null) {
            return;
        }
        try {
            if (keepsSession) {
                session.rollBack();
                memory.rolledBack(session);
                return;
            }
        } catch (SQLException | RuntimeException e) {
            // then a new one
        }
        session.close(); // which rolls back
        session = null;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
