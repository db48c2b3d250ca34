package dev.pushpull.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a SQLite database: signing secrets and bodies stand in them in clear, so they are their owner's alone,
 * whatever the umask. SQLite gives its log the rights of the database beside it.
 */
final class OwnersFiles {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm", "-journal");

    private final Optional<Path> database;
    private boolean created;

    /** @param database empty when it is in no file of ours */
    OwnersFiles(Optional<Path> database) {
        this.database = database;
    }

    /** Makes the file when there is none, so that it is at no time anybody else's. */
    void create() {
        database.ifPresent(file -> {
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS));
                created = true;
            } catch (IOException | UnsupportedOperationException e) {
                // it is there, or SQLite says what is wrong with it
            }
        });
    }

    /** Takes the rights of others from files that were there, now that they are known to be a database of ours. */
    void close() {
        database.ifPresent(file -> ENDINGS.forEach(ending -> {
            try {
                Path one = Path.of(file + ending);
                if (Files.exists(one) && !Files.getPosixFilePermissions(one).equals(OWNERS)) {
                    Files.setPosixFilePermissions(one, OWNERS);
                }
            } catch (IOException | UnsupportedOperationException e) {
                // somebody else's, who decides about it, or a file system without rights
            }
        }));
    }

    /** Leaves nothing behind of a database that did not come into being. */
    void withdraw() {
        database.filter(file -> created).ifPresent(file -> {
            try {
                if (Files.size(file) == 0) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                // an empty file harms nobody
            }
        });
    }
}
