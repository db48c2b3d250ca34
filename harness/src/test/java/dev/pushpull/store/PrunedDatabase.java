package dev.pushpull.store;

import dev.pushpull.host.NanoClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** SQLite databases whose rows can be inspected, and a clock that makes them old. */
@Tag("live")
abstract class PrunedDatabase {
    static final byte[] BODY = {'{', '}'};
    static final long WEEK_NANOS = TimeUnit.DAYS.toNanos(7);

    @TempDir
    Path directory;

    String file(String name) {
        return directory.resolve(name + ".db").toString();
    }

    long number(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    void execute(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute(sql);
        }
    }

    /** A clock that is set. */
    final AtomicLong aheadNanos = new AtomicLong();

    final NanoClock clock = () -> System.nanoTime() + aheadNanos.get();
}
