package dev.pushpull.store;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.StoreAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to commits, everyone learns what happened to their own work. */
@Timeout(60)
@Tag("live")
class GroupCommitTest {
    private static final String INSERT = "INSERT INTO outbox_subscription VALUES (?, 'test', 'u', 's', NULL, 'x')";

    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    private String file() {
        return directory.resolve("store.db").toString();
    }

    private GroupCommit open() throws Exception {
        return new GroupCommit(Database.at(new StoreAddress(file())), 1000, Thread::new, session -> {}, told::add);
    }

    private void byAnotherHand(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            connection.createStatement().execute(sql);
        }
    }

    private interface Writing {
        void write(Session session) throws SQLException;
    }

    private static class Told implements GroupCommit.Work {
        final CompletableFuture<Void> outcome = new CompletableFuture<>();
        private final Writing writing;

        Told(Writing writing) {
            this.writing = writing;
        }

        @Override
        public void write(Session session) throws SQLException {
            writing.write(session);
        }

        @Override
        public void committed() {
            outcome.complete(null);
        }

        @Override
        public void failed(Exception cause) {
            outcome.completeExceptionally(cause);
        }
    }

    private static CompletableFuture<Void> submit(GroupCommit commits, Writing writing) {
        Told work = new Told(writing);
        commits.submit(work);
        return work.outcome;
    }

    private static Writing row(String id) {
        return session -> session.statement(INSERT, id).executeUpdate();
    }

    /** Keeps the writer busy until everything for one commit is there: it has taken this work alone. */
    private void hold(GroupCommit commits) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        submit(commits, session -> {
            begun.countDown();
            try {
                first.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
    }

    @Test
    void aWorkThatCannotBeWrittenFailsAlone() throws Exception {
        try (GroupCommit commits = open()) {
            hold(commits);
            List<CompletableFuture<Void>> outcomes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                outcomes.add(submit(commits, row(i == 4 ? "row 3" : "row " + i)));
            }
            first.countDown();
            for (int i = 0; i < 10; i++) {
                CompletableFuture<Void> outcome = outcomes.get(i);
                eventually("told", outcome::isDone);
                assertThat(outcome.isCompletedExceptionally()).as("row %d", i).isEqualTo(i == 4);
            }
            assertThat(told).as("the database did not fail").isEmpty();
        }
    }

    @Test
    void anErrorInAWorkFailsThatWorkAndTheWriterGoesOn() throws Exception {
        try (GroupCommit commits = open()) {
            hold(commits);
            CompletableFuture<Void> bad = submit(commits, session -> {
                throw new AssertionError("a defect");
            });
            CompletableFuture<Void> good = submit(commits, row("a"));
            first.countDown();
            eventually("both are told", () -> bad.isDone() && good.isDone());
            assertThat(bad).isCompletedExceptionally();
            assertThat(good).isCompleted();
            submit(commits, row("b")).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aWriterThatDiesSaysSoAndLeavesNobodyWaiting() throws Exception {
        try (GroupCommit commits = open()) {
            hold(commits);
            GroupCommit.Work deadly = new Told(row("a")) {
                @Override
                public void undone() {
                    throw new OutOfMemoryError("no room at all");
                }
            };
            commits.submit(deadly);
            CompletableFuture<Void> neighbour = submit(commits, session -> {
                throw new SQLException("none");
            });
            first.countDown();
            eventually("the neighbour is told", neighbour::isDone);
            assertThat(neighbour).isCompletedExceptionally();
            eventually("it says so", () -> told.stream().anyMatch(line -> line.contains("writes nothing any more")));
            CompletableFuture<Void> later = submit(commits, row("b"));
            eventually("who comes later is told", later::isDone);
            assertThat(later).isCompletedExceptionally();
            eventually("nothing is under way", () -> commits.underWay() == 0);
        }
    }

    @Test
    void whoSubmitsDuringTheLastCloseIsTold() throws Exception {
        for (int round = 0; round < 20; round++) {
            GroupCommit commits = open();
            List<CompletableFuture<Void>> outcomes = new CopyOnWriteArrayList<>();
            Thread submitting = new Thread(() -> {
                CompletableFuture<Void> last;
                do {
                    last = submit(commits, session -> {});
                    outcomes.add(last);
                } while (!last.isCompletedExceptionally() && outcomes.size() < 20_000);
            });
            submitting.start();
            eventually("it submits", () -> !outcomes.isEmpty());
            commits.close();
            submitting.join();
            for (CompletableFuture<Void> outcome : outcomes) {
                assertThat(outcome.isDone()).as("told in round %d", round).isTrue();
            }
        }
    }

    @Test
    void aDatabaseThatFailsIsTriedAgainAndSaidOnceEachWay() throws Exception {
        try (GroupCommit commits = open()) {
            byAnotherHand("ALTER TABLE outbox_subscription RENAME TO hidden");
            CompletableFuture<Void> outcome = submit(commits, row("a"));
            eventually("it is said", () -> !told.isEmpty());
            assertThat(outcome).as("and not given up").isNotDone();
            byAnotherHand("ALTER TABLE hidden RENAME TO outbox_subscription");
            outcome.get(20, TimeUnit.SECONDS);
            eventually("that it works is said too", () -> told.size() == 2);
            assertThat(told.get(0))
                    .contains("store.db failed: ")
                    .contains("tried again")
                    .hasLineCount(1);
            assertThat(told.get(1)).contains("works again");
        }
    }

    @Test
    void whatCannotBeCommittedAfterSeveralTriesFails() throws Exception {
        try (GroupCommit commits = open()) {
            byAnotherHand("ALTER TABLE outbox_subscription RENAME TO hidden");
            CompletableFuture<Void> outcome = submit(commits, row("a"));
            eventually("it is given up", outcome::isDone);
            assertThat(outcome).isCompletedExceptionally();
            assertThat(told).hasSize(1);
        }
    }
}
