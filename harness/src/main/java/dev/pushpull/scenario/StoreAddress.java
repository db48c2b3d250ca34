package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an inbox or outbox is kept.
 *
 * @param text {@code memory}; {@code sqlite}: a database of its own in the temporary folder, deleted when it is closed;
 *     the path of a database file that ends in {@code .db}; or {@code jdbc:postgresql:...}
 */
public record StoreAddress(String text) {
    /** Lost when the process ends. */
    public static final StoreAddress MEMORY = new StoreAddress("memory");

    /** The accepted forms, for the error about another. */
    public static final String ACCEPTED = "memory, sqlite, a file that ends in .db, or jdbc:postgresql://HOST/DATABASE";

    /** A database of its own in the temporary folder. */
    public static final String TEMPORARY = "sqlite";
    /** The start of a PostgreSQL address. */
    public static final String POSTGRESQL = "jdbc:postgresql:";

    /** @throws IllegalArgumentException when it has none of the forms above */
    @JsonCreator
    public StoreAddress {
        boolean known = text.equals("memory")
                || text.equals(TEMPORARY)
                || text.startsWith(POSTGRESQL)
                || text.endsWith(".db")
                        && !text.startsWith("jdbc:")
                        && text.indexOf('\0') < 0; // SQLite reads only up to a NUL
        if (!known) {
            throw new IllegalArgumentException("accepted: " + ACCEPTED);
        }
    }

    /** Whether it is lost when the process ends. */
    public boolean inMemory() {
        return text.equals("memory");
    }

    /** The address as it may be shown: without a password. */
    @JsonValue
    public String shown() {
        return Secrets.masked(text);
    }

    @Override
    public String toString() {
        return shown();
    }
}
