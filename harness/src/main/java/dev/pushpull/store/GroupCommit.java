package dev.pushpull.store;

import dev.pushpull.scenario.Failures;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One writing thread: it takes everything that waits, commits it in one transaction, and then notifies everyone whose
 * work was in it, in the order of submission. A commit costs a disk flush, whatever it contains. Work that cannot be
 * written fails alone: the rest is committed in parts. When the database fails, everything is tried again a few times,
 * with growing waits, before anyone is notified of the failure.
 */
final class GroupCommit implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 500;

    /** Waits before the second try and each later one: over half a minute in total for a locked database. */
    private static final List<Long> WAITS_MILLIS = List.of(250L, 1000L, 2000L);

    /** Appended to the message about a failure while it lasts. */
    static final String AGAIN = "; it is tried again";

    private final Database database;
    private final int mostPerCommit;
    private final Memory memory;
    private final Transactions transactions;
    private final Consumer<String> told;
    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final Object ending = new Object();
    private final Thread writer;
    /** Taken from the queue, in the order of submission; used only by the writer. */
    private final Deque<Work> untold = new ArrayDeque<>();

    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;
    private boolean ended;
    private boolean failing;

    /** Something to be written; the writing thread calls all four methods. */
    interface Work {
        /** May be called again, after {@link #undone}. */
        void write(Session session) throws SQLException;

        /**
         * Nothing of what was written last is in the database, and it may be written again. Called in reverse order.
         */
        default void undone() {
            // nothing about it was remembered
        }

        void committed();

        /** Whether the commit changed anything: an empty commit cannot reveal a full disk. */
        default boolean wrote() {
            return true;
        }

        /** Nothing of it is in the database, unless the connection was lost just during the commit. */
        void failed(Exception cause);
    }

    /** What is remembered about the rows. */
    interface Memory {
        /** A connection has been made, the first or a later one. */
        void connected(Session session) throws SQLException;

        /** What was written last is not there; each work has been notified. */
        default void rolledBack(Session session) throws SQLException {
            // the works have undone it
        }

        /** Work that is not urgent and may be written now, while nothing waits. Called repeatedly. */
        default Optional<Work> whenIdle() {
            return Optional.empty();
        }
    }

    /**
     * @param mostPerCommit 1 to commit each work alone
     * @param told receives a line when commits begin to fail, when they work again, and when writing has ended
     */
    GroupCommit(Database database, int mostPerCommit, ThreadFactory threads, Memory memory, Consumer<String> told)
            throws SQLException {
        this.database = database;
        this.mostPerCommit = mostPerCommit;
        this.memory = memory;
        this.told = told;
        this.transactions = new Transactions(database, memory);
        transactions.connect();
        this.writer = threads.newThread(this::run);
        writer.start();
    }

    /** Takes the work; once this is closed, notifies it of failure. Does not wait: callers limit how much is queued. */
    void submit(Work work) {
        underWay.incrementAndGet();
        synchronized (ending) {
            if (!ended) {
                waiting.add(work);
                return;
            }
        }
        tell(work, new RejectedExecutionException("closed"));
    }

    /** Work that is queued or being written. */
    int underWay() {
        return underWay.get();
    }

    private void run() {
        Exception end = new RejectedExecutionException("closed");
        try {
            while (!closed || !waiting.isEmpty()) {
                take();
                if (!untold.isEmpty()) {
                    write(List.copyOf(untold));
                } else if (!transactions.isConnected()) {
                    reconnect();
                } else if (!closed) {
                    memory.whenIdle().ifPresent(this::submit);
                }
            }
        } catch (Throwable e) { // nobody else sees it, and callers must not wait for ever
            end = new IllegalStateException("nothing is written any more: " + Failures.sentence(e), e);
            say("writes nothing any more: " + Failures.sentence(e));
        } finally {
            synchronized (ending) {
                ended = true;
            }
            waiting.drainTo(untold);
            while (!untold.isEmpty()) {
                tell(untold.remove(), end);
            }
            transactions.close();
        }
    }

    private void take() {
        try {
            Work first = waiting.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                untold.add(first);
                waiting.drainTo(untold, mostPerCommit - 1);
            }
        } catch (InterruptedException e) {
            // only closing ends it
        }
    }

    /** What waits in the database must be found soon, even if nothing needs writing. */
    private void reconnect() {
        try {
            boolean wasUnreachable = transactions.isUnreachable();
            transactions.connect();
            if (wasUnreachable) { // otherwise it was writing that failed, which a connection does not prove
                worksAgain();
            }
        } catch (SQLException | RuntimeException e) {
            fails(e);
        }
    }

    private void write(List<Work> works) {
        Transactions.Failure failure = transactions.commit(works);
        for (int again = 0;
                failure != null && !failure.ofOneWork() && again < WAITS_MILLIS.size() && !closed;
                again++) {
            fails(failure.cause());
            pause(WAITS_MILLIS.get(again));
            failure = transactions.commit(works);
        }
        if (failure == null && works.stream().anyMatch(Work::wrote)) {
            worksAgain();
        }
        if (failure != null && failure.ofOneWork() && works.size() > 1) {
            int half = works.size() / 2;
            write(works.subList(0, half));
            write(works.subList(half, works.size()));
            return;
        }
        for (int i = 0; i < works.size(); i++) {
            tell(untold.remove(), failure == null ? null : failure.cause());
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            // closing: the last try comes at once
        }
    }

    private void fails(Exception cause) {
        if (!failing) {
            failing = true;
            say("failed: " + Failures.sentence(cause) + AGAIN);
        }
    }

    private void worksAgain() {
        if (failing && !closed) { // at the end it no longer helps anyone
            failing = false;
            say("works again");
        }
    }

    private void say(String what) {
        try {
            told.accept("the database " + database.shown() + " " + what);
        } catch (RuntimeException e) { // a failing listener must not end the writer
            report(e);
        }
    }

    /** @param failure null when it was committed */
    private void tell(Work work, Exception failure) {
        try {
            if (failure == null) {
                work.committed();
            } else {
                work.failed(failure);
            }
        } catch (RuntimeException | Error e) {
            report(e);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void report(Throwable e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }

    /** Commits what is queued and ends; returns when it has ended. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt(); // it may be waiting for work, or for its next try
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
