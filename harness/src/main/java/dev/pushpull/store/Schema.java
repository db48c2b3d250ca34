package dev.pushpull.store;

import dev.pushpull.scenario.TerminalText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Our tables in a database: checks whether it is ours, and makes it ours. */
final class Schema {
    /** Raise this when you change a table so that older programs cannot use it. */
    static final int VERSION = 1;

    /** Marks in the head of an SQLite file whose it is: "push". */
    private static final int APPLICATION_ID = 0x70757368;

    private static final int MOST_NAMED = 3;
    private static final String ACCEPTED = "; accepted: a database of pushpull, an empty or a new one";

    /**
     * A number that means only us: with it, two processes that find an empty PostgreSQL at the same time take turns.
     */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7370211)";

    // a row number and a unique index write least: a third of a text key with its row in the tree
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
        "INSERT INTO schema_version VALUES (" + VERSION + ")"
    };

    /** The columns that our table must have at least. */
    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.of(
            "inbox", "id, scope, consumer, delivery_id, received_at, processed_at, body",
            "outbox_subscription", "id, scope, url, scheme, stream, secret",
            "outbox_event", "id, scope, position, stream, sequence, json",
            "outbox_delivery", "id, scope, number, position, subscription, state, attempts, next_attempt_at",
            "schema_version", "version"));

    private final Connection connection;
    private final boolean postgresql;

    Schema(Connection connection, boolean postgresql) {
        this.connection = connection;
        this.postgresql = postgresql;
    }

    /** Why the database is not ours and cannot become ours; changes nothing. */
    Optional<String> refusal() throws SQLException {
        int application = postgresql ? 0 : pragma("application_id");
        if (application != 0 && application != APPLICATION_ID) {
            return Optional.of("belongs to another program, application id 0x%08x".formatted(application) + ACCEPTED);
        }
        Set<String> tables = tables();
        Set<String> ours = new TreeSet<>(tables);
        ours.retainAll(COLUMNS.keySet());
        if (ours.isEmpty()) {
            int user = postgresql || !tables.isEmpty() ? 0 : pragma("user_version");
            if (user != 0) { // another program that counts versions there has not made its tables yet; we never do that
                return Optional.of("belongs to another program, user version " + user + ACCEPTED);
            }
            // one PostgreSQL schema may hold the tables of many programs
            return postgresql || tables.isEmpty() ? Optional.empty() : Optional.of(foreign(tables));
        }
        for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
            if (!ours.contains(table.getKey()) || !has(table.getKey(), table.getValue())) {
                return Optional.of(foreign(ours.size() < COLUMNS.size() ? tables : Set.of(table.getKey())));
            }
        }
        return versionRefusal();
    }

    private static String foreign(Set<String> tables) {
        String named =
                tables.stream().limit(MOST_NAMED).map(TerminalText::value).collect(Collectors.joining(", "));
        return "belongs to another program, with the table%s %s%s"
                        .formatted(tables.size() == 1 ? "" : "s", named, tables.size() > MOST_NAMED ? ", ..." : "")
                + ACCEPTED;
    }

    /** A number in the head of an SQLite file. */
    private int pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private Set<String> tables() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet tables =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "VIEW"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private boolean has(String table, String columns) throws SQLException {
        Set<String> wanted = new TreeSet<>(Set.of(columns.split(", ")));
        try (ResultSet found = connection.getMetaData().getColumns(null, connection.getSchema(), table, null)) {
            while (found.next()) {
                wanted.remove(found.getString("COLUMN_NAME"));
            }
        }
        return wanted.isEmpty();
    }

    private Optional<String> versionRefusal() throws SQLException {
        int version = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version FROM schema_version")) {
            while (rows.next()) {
                version = rows.getInt(1);
            }
        }
        return version == VERSION
                ? Optional.empty()
                : Optional.of("has schema version %d, of %s pushpull; accepted: version %d, or an empty database"
                        .formatted(version, version < VERSION ? "an older" : "a newer", VERSION));
    }

    /** From now on nobody else who prepares it may look, until the transaction ends. */
    void waitForOurTurn() throws SQLException {
        if (postgresql) { // SQLite's transactions do this by themselves
            execute(ONE_AT_A_TIME);
        }
    }

    /** Makes it ours, called when nothing prevents that: creates the tables, or adds what older programs left out. */
    void prepare(long epochNanos) throws SQLException {
        if (!tables().contains("schema_version")) {
            for (String sql : TABLES) {
                execute(sql.formatted(
                        postgresql ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY",
                        postgresql ? "BYTEA" : "BLOB"));
            }
        }
        if (!has("outbox_event", "kept_at")) { // an older program goes on writing without it
            execute("ALTER TABLE outbox_event ADD COLUMN kept_at BIGINT NOT NULL DEFAULT " + epochNanos);
        }
        execute("CREATE INDEX IF NOT EXISTS outbox_event_stream ON outbox_event (scope, stream, position)");
        if (!postgresql && pragma("application_id") == 0) {
            execute("PRAGMA application_id = " + APPLICATION_ID);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
