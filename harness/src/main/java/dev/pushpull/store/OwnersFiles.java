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
 * The files of a SQLite database. They contain signing secrets and bodies in clear text, so only their owner may read
 * them, whatever the umask. SQLite gives its log the permissions of the database beside it.
 */
final class OwnersFiles {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm", "-journal");

    private final Optional<Path> database;
    private boolean created;

    /** @param database empty when it has no file of ours */
    OwnersFiles(Optional<Path> database) {
        this.database = database;
    }

    /** Makes the file if there is none, so that nobody else can ever read it. */
    void create() {
        database.ifPresent(file -> {
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS));
                created = true;
            } catch (IOException | UnsupportedOperationException e) {
                // it exists, or SQLite reports what is wrong with it
            }
        });
    }

    /** Removes the permissions of others from existing files, once they are known to be a database of ours. */
    void close() {
        database.ifPresent(file -> ENDINGS.forEach(ending -> {
            try {
                Path one = Path.of(file + ending);
                if (Files.exists(one) && !Files.getPosixFilePermissions(one).equals(OWNERS)) {
                    Files.setPosixFilePermissions(one, OWNERS);
                }
            } catch (IOException | UnsupportedOperationException e) {
                // somebody else's, who decides about it, or a file system without permissions
            }
        }));
    }

    /** Leaves nothing behind of a database that was not created. */
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
