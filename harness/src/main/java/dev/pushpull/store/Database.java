package dev.pushpull.store;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A database with our tables: SQLite with a write-ahead log that is flushed at every commit, or PostgreSQL, which does
 * that by default. Drivers are loaded only when the first database is opened.
 */
final class Database implements AutoCloseable {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final int SQLITE_NOTADB = 26;
    private static final int BUSY_MILLIS = 10_000;
    private static final int CONNECT_SECONDS = 10;

    /** SQLSTATE classes: data, integrity, limits such as that of an index row, errors that a trigger raises. */
    private static final Set<String> OF_ONE_STATEMENT = Set.of("22", "23", "54", "P0");

    /** SQLITE_TOOBIG, _CONSTRAINT, _MISMATCH, _RANGE. */
    private static final Set<Integer> SQLITE_OF_ONE_STATEMENT = Set.of(18, 19, 20, 25);

    private final StoreAddress address;
    private final String url;
    private final Path temporaryFolder;

    private Database(StoreAddress address, String url, Path temporaryFolder) {
        this.address = address;
        this.url = url;
        this.temporaryFolder = temporaryFolder;
    }

    /** @throws StoreException when it cannot be reached, or its tables have another version */
    static Database at(StoreAddress address) throws StoreException {
        Database database = address.text().equals(StoreAddress.TEMPORARY)
                ? temporary(address)
                : new Database(
                        address,
                        address.text().startsWith(StoreAddress.POSTGRESQL) ? address.text() : SQLITE + address.text(),
                        null);
        OwnersFiles files = new OwnersFiles(database.sqliteFile());
        try {
            database.lookAtTheFile();
            files.create();
            try (Session session = database.connect()) {
                session.begin();
                database.prepare(session.connection());
                session.commit();
                files.close();
            }
            return database;
        } catch (SQLException e) {
            files.withdraw();
            database.close();
            throw database.refusal(e);
        } catch (StoreException e) {
            files.withdraw();
            database.close();
            throw e;
        }
    }

    private static Database temporary(StoreAddress address) throws StoreException {
        try {
            Path folder = Files.createTempDirectory("pushpull-store");
            return new Database(address, SQLITE + folder.resolve("store.db"), folder);
        } catch (IOException e) {
            throw new StoreException(
                    "no folder for a temporary database: " + Failures.sentence(e) + "; " + NativeLibrary.REMEDY
                            + "java.io.tmpdir=DIR",
                    e);
        }
    }

    /** SQLite's file; empty for PostgreSQL, and for addresses in forms that only SQLite understands. */
    private Optional<Path> sqliteFile() {
        String file = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
        return file.isEmpty() || file.startsWith(":") || file.startsWith("file:") || file.contains("?")
                ? Optional.empty()
                : Optional.of(Path.of(file));
    }

    /** A connection that belongs to the caller. */
    Session connect() throws SQLException {
        Properties settings = new Properties();
        if (isPostgresql()) {
            settings.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
            settings.setProperty("tcpKeepAlive", "true");
        } else {
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("synchronous", "FULL");
            settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
            settings.setProperty("transaction_mode", "IMMEDIATE"); // waits its turn instead of failing halfway
        }
        return new Session(DriverManager.getConnection(url, settings));
    }

    /** Called before anything in a file is changed: {@link #connect} changes the head of a foreign file. */
    private void lookAtTheFile() throws SQLException, StoreException {
        if (isPostgresql()) {
            return;
        }
        Path file = Path.of(url.substring(SQLITE.length()));
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw refusal("cannot be used: it is a folder; accepted: a file", null);
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw refusal("cannot be used: there is no folder " + folder, null);
        }
        if (!Files.exists(file)) {
            return;
        }
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        try (Connection connection = DriverManager.getConnection(url, settings)) {
            refuseWhatIsNotOurs(new Schema(connection, false));
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLITE_NOTADB) {
                throw refusal("cannot be used: it is no SQLite database", e);
            }
            throw e;
        }
    }

    private void prepare(Connection connection) throws SQLException, StoreException {
        Schema schema = new Schema(connection, isPostgresql());
        schema.waitForOurTurn();
        refuseWhatIsNotOurs(schema);
        schema.prepare(HostClocks.now(NanoClock.SYSTEM).epochNanos());
    }

    private void refuseWhatIsNotOurs(Schema schema) throws SQLException, StoreException {
        Optional<String> refusal = schema.refusal();
        if (refusal.isPresent()) {
            throw refusal(refusal.get(), null);
        }
    }

    private boolean isPostgresql() {
        return url.startsWith(StoreAddress.POSTGRESQL);
    }

    /** One line about why it cannot be used. */
    StoreException refusal(SQLException cause) {
        String why = !isPostgresql() && NativeLibrary.isMissing(cause)
                ? NativeLibrary.refusal()
                : Secrets.masked(Failures.sentence(cause));
        return refusal("cannot be used: " + why, cause);
    }

    /** The address as it may be shown. */
    String shown() {
        return address.shown();
    }

    /** Whether the database itself failed, rather than one statement. */
    boolean fails(Throwable thrown, Session session) {
        if (!(thrown instanceof SQLException failure)) {
            return false;
        }
        if (isPostgresql()) {
            String state = failure.getSQLState();
            return state != null && OF_ONE_STATEMENT.stream().noneMatch(state::startsWith);
        }
        int code = failure.getErrorCode();
        return code == 0 ? !session.isOpen() : !SQLITE_OF_ONE_STATEMENT.contains(code);
    }

    private StoreException refusal(String what, Throwable cause) {
        return new StoreException("the database " + address.shown() + " " + what, cause);
    }

    /** Deletes a temporary database; every session must be closed by then. */
    @Override
    public void close() {
        if (temporaryFolder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(temporaryFolder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(temporaryFolder);
        } catch (IOException e) {
            // a temporary folder that cannot be deleted is left to the system
        }
    }
}
