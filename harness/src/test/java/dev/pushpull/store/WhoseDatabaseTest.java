package dev.pushpull.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that belongs to another program is refused, and not changed. */
@Tag("live")
class WhoseDatabaseTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("store.db");
    }

    private StoreAddress address() {
        return new StoreAddress(file().toString());
    }

    private void hold(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            for (String statement : statements.split(";")) {
                connection.createStatement().execute(statement);
            }
        }
    }

    private int applicationId() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                ResultSet row = connection.createStatement().executeQuery("PRAGMA application_id")) {
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CREATE TABLE moz_places (id INTEGER)                                                                | moz_places
        PRAGMA application_id = 1196444487; CREATE TABLE gpkg (id INTEGER)                                  | 0x47504b47
        PRAGMA application_id = 1196444487                                                                  | 0x47504b47
        CREATE TABLE schema_version (version INTEGER); INSERT INTO schema_version VALUES (1)                | schema_version
        CREATE TABLE schema_version (version INTEGER); INSERT INTO schema_version VALUES (1); CREATE TABLE a (b) | a, schema_version
        CREATE TABLE inbox (id INTEGER, subject TEXT)                                                       | inbox
        CREATE VIEW a AS SELECT 1                                                                           | a
        PRAGMA user_version = 7                                                                             | user version 7
        PRAGMA application_id = -1                                                                          | 0xffffffff
        """)
    void anotherProgramsDatabaseIsRefusedAndLeftAsItIs(String made, String named) throws Exception {
        hold(made);
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(() -> Inbox.check(address()))
                .isInstanceOf(StoreException.class)
                .message()
                .hasLineCount(1)
                .contains("store.db belongs to another program", named, "accepted: ");
        assertThatThrownBy(() -> Outbox.open(address(), "test", Thread::new))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("belongs to another program");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aDatabaseOfOursSaysSoAndAnOlderOneThatDoesNotIsTaken() throws Exception {
        Inbox.check(address());
        assertThat(applicationId()).isEqualTo(0x70757368);
        hold("PRAGMA application_id = 0; DROP INDEX IF EXISTS outbox_event_stream;"
                + "ALTER TABLE outbox_event DROP COLUMN kept_at");
        Inbox.check(address());
        assertThat(applicationId()).isEqualTo(0x70757368);
        Outbox.open(address(), "test", Thread::new).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u001b[31mb", "a\u009bb"})
    void theNameOfAForeignTableDoesNotBreakTheLine(String name) throws Exception {
        hold("CREATE TABLE \"" + name + "\" (id INTEGER)");
        assertRefused("with the table a?");
        assertThatThrownBy(() -> Inbox.check(address()))
                .hasMessageContaining("accepted: a database of pushpull")
                .message()
                .doesNotContain("\n", "\u001b", "\u009b");
    }

    @Test
    void aVersionBesideTablesOfOursIsNobodysBusiness() throws Exception {
        Inbox.check(address());
        hold("PRAGMA user_version = 7");
        Inbox.check(address());
    }

    @Test
    void oneDatabaseIsInboxAndOutbox() throws Exception {
        Inbox.open(address(), new Inbox.Settings("test", 10), Thread::new).close();
        Outbox.open(address(), "test", Thread::new).close();
    }

    @Test
    void anEmptyFileBecomesOurs() throws Exception {
        Files.createFile(file());
        Inbox.check(address());
        assertThat(applicationId()).isEqualTo(0x70757368);
    }

    @Test
    void whatIsNoDatabaseIsSaidToBeNone() throws IOException {
        Files.writeString(file(), "id,name\n1,these are no pages of a database but a line of text\n".repeat(100));
        assertRefused("store.db cannot be used: it is no SQLite database");
    }

    @Test
    void aFolderIsSaidToBeOne() throws IOException {
        Files.createDirectory(file());
        assertRefused("store.db cannot be used: it is a folder");
    }

    @Test
    void aFileInNoFolderIsRefusedByTheFolder() {
        StoreAddress nowhere =
                new StoreAddress(directory.resolve("none/store.db").toString());
        assertThatThrownBy(() -> Inbox.check(nowhere))
                .message()
                .hasLineCount(1)
                .contains("there is no folder " + directory.resolve("none"));
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> Inbox.check(address()))
                .isInstanceOf(StoreException.class)
                .message()
                .hasLineCount(1)
                .contains(why);
    }
}
