package dev.pushpull.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database contains signing secrets and bodies in clear text, so nobody else may read it. */
@Tag("live")
class OwnersFilesTest {
    @TempDir
    Path directory;

    private Map<String, String> rights() throws IOException {
        Map<String, String> rights = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                rights.put(
                        file.getFileName().toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return rights;
    }

    private StoreAddress at(String name) {
        return new StoreAddress(directory.resolve(name).toString());
    }

    private static void saveOne(Inbox inbox) throws Exception {
        inbox.save(0, "a", new byte[] {1}, 1).get(60, TimeUnit.SECONDS);
    }

    private Inbox inbox(String name) throws StoreException {
        return Inbox.open(at(name), new Inbox.Settings("test", 10), Thread::new);
    }

    @Test
    void aNewDatabaseAndItsLogAreTheOwnersAlone() throws Exception {
        Outbox outbox = Outbox.open(at("outbox.db"), "test", Thread::new);
        try (Inbox inbox = inbox("inbox.db")) {
            saveOne(inbox);
            assertThat(rights()).containsKeys("inbox.db", "inbox.db-wal", "inbox.db-shm", "outbox.db");
            assertThat(rights().values()).containsOnly("rw-------");
        } finally {
            outbox.close();
        }
        assertThat(rights()).containsEntry("inbox.db", "rw-------");
    }

    @Test
    void aDatabaseThatOthersCouldReadIsClosedToThemWhenItIsOpened() throws Exception {
        try (Inbox inbox = inbox("inbox.db")) {
            saveOne(inbox);
        }
        Files.setPosixFilePermissions(directory.resolve("inbox.db"), PosixFilePermissions.fromString("rw-r--r--"));
        try (Inbox inbox = inbox("inbox.db")) {
            saveOne(inbox);
            assertThat(rights().values()).containsOnly("rw-------");
        }
    }

    @Test
    void somebodyElsesDatabaseKeepsItsRights() throws Exception {
        Path file = directory.resolve("theirs.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE inbox (a TEXT)");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> inbox("theirs.db")).isInstanceOf(StoreException.class);
        assertThat(rights()).containsEntry("theirs.db", "rw-rw-r--");
    }

    @Test
    void aDatabaseThatCannotBeMadeLeavesNothing() throws Exception {
        assertThatThrownBy(() -> inbox("nowhere/inbox.db")).isInstanceOf(StoreException.class);
        assertThat(rights()).isEmpty();
    }
}
