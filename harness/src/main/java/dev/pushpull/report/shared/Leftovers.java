package dev.pushpull.report.shared;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cleans up what a killed run or report left in a results folder. Every process locks the files it is making. The lock
 * ends with the process, so files that nobody locks are deleted.
 */
public final class Leftovers {
    private static final String UUID_FORM = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern STAGING = Pattern.compile("\\.report-" + UUID_FORM);
    private static final Pattern TEMPORARY = Pattern.compile("\\.[\\w-]+\\.(?:csv|hgrm|hlog|html|json|md)\\.tmp");

    /** Names of short-lived files without a lock. */
    private static final Pattern MOMENTARY =
            Pattern.compile("\\.(?:stage|latest|" + Pattern.quote("index.html") + ")-" + UUID_FORM);

    private static final long MOMENT_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final String LOCK = ".lock";

    private Leftovers() {}

    /** A temporary folder within another, deleted when it is closed. */
    public record StagingFolder(Path folder, FileChannel lock) implements AutoCloseable {
        /** Whether a file in it was not put there by us. */
        public boolean isOwn(Path file) {
            return file.equals(folder.resolve(LOCK));
        }

        @Override
        public void close() throws IOException {
            remove(folder);
            lock.close();
        }
    }

    /** It gets its name once it is locked, so that nobody takes it for a leftover. */
    public static StagingFolder stagingFolder(Path target) throws IOException {
        UUID id = UUID.randomUUID();
        Path unnamed = Files.createDirectory(target.resolve(".stage-" + id));
        FileChannel lock =
                FileChannel.open(unnamed.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            hold(lock);
            return new StagingFolder(Files.move(unnamed, target.resolve(".report-" + id)), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            remove(unnamed);
            throw e;
        }
    }

    /** Protects the file from clean-up, where the file system has locks. */
    static void hold(FileChannel file) {
        try {
            file.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            // no locks, so nothing is deleted either; or we hold it ourselves
        }
    }

    /** Cleans up a folder; what cannot be deleted stays. */
    public static void sweep(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (STAGING.matcher(name).matches() && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    sweepStagingFolder(entry);
                } else if (TEMPORARY.matcher(name).matches() && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    sweepTemporary(entry);
                } else if (MOMENTARY.matcher(name).matches() && isOld(entry)) {
                    remove(entry);
                }
            }
        } catch (IOException e) {
            // it does no harm, and the caller has other things to do
        }
    }

    /** Cleans up a folder and the folders in it. */
    public static void sweepAll(Path home) {
        sweep(home);
        try (Stream<Path> entries = Files.list(home)) {
            entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .forEach(Leftovers::sweep);
        } catch (IOException e) {
            // as above
        }
    }

    private static void sweepStagingFolder(Path staging) throws IOException {
        if (!Files.exists(staging.resolve(LOCK)) || isUnlocked(staging.resolve(LOCK))) {
            remove(staging);
        }
    }

    private static void sweepTemporary(Path file) throws IOException {
        boolean justMade = Files.size(file) == 0 && !isOld(file); // or not yet locked
        if (!justMade && isUnlocked(file)) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isUnlocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by ourselves
        }
    }

    private static boolean isOld(Path entry) throws IOException {
        long changed =
                Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toMillis();
        return System.currentTimeMillis() - changed > MOMENT_MILLIS;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
