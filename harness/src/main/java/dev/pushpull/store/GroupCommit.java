package dev.pushpull.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One thread that writes: it takes all that waits, commits it in one transaction, and then tells everybody whose work
 * was in it, in the order of submission. A commit costs a flush of the disk whatever is in it. When one fails, all in it
 * are told so and the thread connects anew.
 */
final class GroupCommit implements AutoCloseable {
    private static final long TRY_AGAIN_MILLIS = 500;

    private final Database database;
    private final int mostPerCommit;
    private final OnConnect onConnect;
    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;
    private Session session;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;

    /** What is to be written; all three are called by the writing thread. */
    interface Work {
        void write(Session session) throws SQLException;

        void committed();

        /** Nothing of it is in the database, unless the connection was lost in the very moment of the commit. */
        void failed(Exception cause);
    }

    /** Reads what the database holds when a connection has been made, the first as well as any later one. */
    interface OnConnect {
        void read(Session session) throws SQLException;
    }

    /** @param mostPerCommit 1 to commit each work on its own */
    GroupCommit(Database database, int mostPerCommit, ThreadFactory threads, OnConnect onConnect) throws SQLException {
        this.database = database;
        this.mostPerCommit = mostPerCommit;
        this.onConnect = onConnect;
        connect();
        this.writer = threads.newThread(this::run);
        writer.start();
    }

    /** Takes the work; when this is closed, tells it that it failed. Does not wait: whoever submits bounds what waits. */
    void submit(Work work) {
        underWay.incrementAndGet();
        waiting.add(work);
        if (closed && !writer.isAlive()) {
            tellTheRest();
        }
    }

    /** Works that wait or are being written. */
    int underWay() {
        return underWay.get();
    }

    private void connect() throws SQLException {
        Session fresh = database.connect();
        try {
            onConnect.read(fresh);
            session = fresh;
        } catch (SQLException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private void run() {
        List<Work> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                Work first = waiting.poll(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, mostPerCommit - 1);
                }
            } catch (InterruptedException e) {
                continue; // only closing ends it
            }
            if (!batch.isEmpty() || session == null) {
                write(batch);
                batch.clear();
            }
        }
        tellTheRest();
        if (session != null) {
            session.close();
        }
    }

    private void write(List<Work> batch) {
        Exception failure = null;
        try {
            if (session == null) {
                connect();
            }
            session.begin();
            for (Work work : batch) {
                work.write(session);
            }
            session.commit();
        } catch (SQLException | RuntimeException e) {
            failure = e;
            if (session != null) {
                session.close(); // which rolls back
                session = null;
            }
        }
        for (Work work : batch) {
            tell(work, failure);
        }
    }

    /** @param failure null when it is committed */
    private void tell(Work work, Exception failure) {
        try {
            if (failure == null) {
                work.committed();
            } else {
                work.failed(failure);
            }
        } catch (RuntimeException e) { // what listens is not to end what writes
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void tellTheRest() {
        for (Work work = waiting.poll(); work != null; work = waiting.poll()) {
            tell(work, new RejectedExecutionException("closed"));
        }
    }

    /** Commits what waits and ends; returns when it has ended. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt(); // it may be waiting for work
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
