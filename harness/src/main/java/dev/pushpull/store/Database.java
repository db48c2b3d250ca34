package dev.pushpull.store;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A database with our tables in it: SQLite with a write-ahead log that is flushed at every commit, or PostgreSQL, which
 * does so unless told otherwise. Drivers are loaded when the first one is opened, not before.
 */
final class Database implements AutoCloseable {
    /** Raised by whoever changes a table. */
    static final int SCHEMA_VERSION = 1;

    private static final int BUSY_MILLIS = 10_000;
    private static final int CONNECT_SECONDS = 10;

    /** Two processes that find an empty PostgreSQL at once take turns: a number that means only us. */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7370211)";

    /** SQLSTATE: data, integrity, limits such as that of an index row, what a trigger raises. */
    private static final Set<String> OF_ONE_STATEMENT = Set.of("22", "23", "54", "P0");

    /** SQLITE_TOOBIG, _CONSTRAINT, _MISMATCH, _RANGE. */
    private static final Set<Integer> SQLITE_OF_ONE_STATEMENT = Set.of(18, 19, 20, 25);

    // a row number and a unique index write least: a third of what a text key with the row in its tree does
    private static final String[] TABLES = {
        """
        CREATE TABLE inbox (id %1$s, scope TEXT NOT NULL, consumer INTEGER NOT NULL, delivery_id TEXT NOT NULL,
            received_at BIGINT NOT NULL, processed_at BIGINT, body %2$s NOT NULL)""",
        "CREATE UNIQUE INDEX inbox_delivery ON inbox (scope, consumer, delivery_id)",
        "CREATE INDEX inbox_unprocessed ON inbox (scope, id) WHERE processed_at IS NULL",
        """
        CREATE TABLE outbox_subscription (id TEXT PRIMARY KEY, scope TEXT NOT NULL, url TEXT NOT NULL,
            scheme TEXT NOT NULL, stream TEXT, secret TEXT NOT NULL)""",
        """
        CREATE TABLE outbox_event (id %1$s, scope TEXT NOT NULL, position BIGINT NOT NULL, stream TEXT NOT NULL,
            sequence BIGINT NOT NULL, json %2$s NOT NULL)""",
        "CREATE UNIQUE INDEX outbox_event_position ON outbox_event (scope, position)",
        """
        CREATE TABLE outbox_delivery (id %1$s, scope TEXT NOT NULL, number BIGINT NOT NULL, position BIGINT NOT NULL,
            subscription TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at BIGINT)""",
        "CREATE UNIQUE INDEX outbox_delivery_number ON outbox_delivery (scope, number)",
        "CREATE INDEX outbox_delivery_open ON outbox_delivery (scope, number) WHERE state = 'open'",
        "CREATE TABLE schema_version (version INTEGER NOT NULL)",
        "INSERT INTO schema_version VALUES (" + SCHEMA_VERSION + ")"
    };

    private final StoreAddress address;
    private final String url;
    private final Path temporaryFolder;

    private Database(StoreAddress address, String url, Path temporaryFolder) {
        this.address = address;
        this.url = url;
        this.temporaryFolder = temporaryFolder;
    }

    /** @throws StoreException when it cannot be reached, or its tables are those of another version */
    static Database at(StoreAddress address) throws StoreException {
        Database database = address.text().equals(StoreAddress.TEMPORARY)
                ? temporary(address)
                : new Database(
                        address,
                        address.text().startsWith(StoreAddress.POSTGRESQL)
                                ? address.text()
                                : "jdbc:sqlite:" + address.text(),
                        null);
        try (Session session = database.connect()) {
            session.begin();
            database.prepareTables(session.connection());
            session.commit();
            return database;
        } catch (SQLException e) {
            database.close();
            throw database.refusal(e);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    private static Database temporary(StoreAddress address) throws StoreException {
        try {
            Path folder = Files.createTempDirectory("pushpull-store");
            return new Database(address, "jdbc:sqlite:" + folder.resolve("store.db"), folder);
        } catch (IOException e) {
            throw new StoreException(
                    "no folder for a temporary database: " + Failures.sentence(e) + "; " + NativeLibrary.REMEDY
                            + "java.io.tmpdir=DIR",
                    e);
        }
    }

    /** A connection of its own. */
    Session connect() throws SQLException {
        Properties settings = new Properties();
        if (url.startsWith(StoreAddress.POSTGRESQL)) {
            settings.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
            settings.setProperty("tcpKeepAlive", "true");
        } else {
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("synchronous", "FULL");
            settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
            settings.setProperty("transaction_mode", "IMMEDIATE"); // waits its turn instead of failing half-way
        }
        return new Session(DriverManager.getConnection(url, settings));
    }

    private void prepareTables(Connection connection) throws SQLException, StoreException {
        boolean postgresql = url.startsWith(StoreAddress.POSTGRESQL);
        try (Statement statement = connection.createStatement()) {
            if (postgresql) {
                statement.execute(ONE_AT_A_TIME);
            }
            if (has(connection, "schema_version")) {
                checkVersion(statement);
            } else if (has(connection, "inbox") || has(connection, "outbox_event")) {
                throw refusal("has tables named as ours but no schema_version; accepted: an empty database", null);
            } else {
                for (String sql : TABLES) {
                    statement.execute(sql.formatted(
                            postgresql ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY",
                            postgresql ? "BYTEA" : "BLOB"));
                }
            }
        }
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, connection.getSchema(), table, new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    private void checkVersion(Statement statement) throws SQLException, StoreException {
        int version = 0;
        try (ResultSet rows = statement.executeQuery("SELECT version FROM schema_version")) {
            while (rows.next()) {
                version = rows.getInt(1);
            }
        }
        if (version != SCHEMA_VERSION) {
            throw refusal(
                    "has schema version %d, of %s pushpull; accepted: version %d, or an empty database"
                            .formatted(version, version < SCHEMA_VERSION ? "an older" : "a newer", SCHEMA_VERSION),
                    null);
        }
    }

    /** One line on why it cannot be used. */
    StoreException refusal(SQLException cause) {
        boolean sqlite = !url.startsWith(StoreAddress.POSTGRESQL);
        String why = sqlite && NativeLibrary.isMissing(cause) ? NativeLibrary.refusal() : firstLine(cause);
        return refusal("cannot be used: " + why, cause);
    }

    /** As it may be shown. */
    String shown() {
        return address.shown();
    }

    /** Whether it is the database that fails, and not what one statement wanted of it. */
    boolean fails(Throwable thrown, Session session) {
        if (!(thrown instanceof SQLException failure)) {
            return false;
        }
        if (url.startsWith(StoreAddress.POSTGRESQL)) {
            String state = failure.getSQLState();
            return state != null && OF_ONE_STATEMENT.stream().noneMatch(state::startsWith);
        }
        int code = failure.getErrorCode();
        return code == 0 ? !session.isOpen() : !SQLITE_OF_ONE_STATEMENT.contains(code);
    }

    private StoreException refusal(String what, Throwable cause) {
        return new StoreException("the database " + address.shown() + " " + what, cause);
    }

    private static String firstLine(SQLException e) {
        String message = Failures.sentence(e);
        return StoreAddress.withoutPassword(message);
    }

    /** Deletes what was temporary; every session is closed by then. */
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
            // a temporary folder that cannot be deleted is the system's to tidy up
        }
    }
}
