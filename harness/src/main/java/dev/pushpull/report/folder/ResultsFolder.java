package dev.pushpull.report.folder;

import dev.pushpull.report.shared.Leftovers;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that a run writes to. It is reserved before the run starts, so that an unwritable folder costs no
 * measuring time, and two runs started in the same second get different folders.
 */
public final class ResultsFolder {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");
    private static final String HOME = "results";
    private static final String LATEST = "latest";
    private static final String ACCEPTED = "a folder that can be written and is new or empty";

    private final Path path;

    /** The folders that did not exist before, outermost first. */
    private final List<Path> created;

    private ResultsFolder(Path path, List<Path> created) {
        this.path = path;
        this.created = created;
    }

    /**
     * Reserves the folder.
     *
     * @param out the value of {@code --out}; the folder may exist if it is empty. Otherwise a new folder in {@code
     *     results/} of the project around {@code currentDirectory}, or of that directory itself
     * @param command part of a default name, after the time
     * @throws InvalidInputException when the folder cannot be made or is in use; then nothing is left behind
     */
    public static ResultsFolder create(Optional<Path> out, Path currentDirectory, String command, Instant startedAt) {
        Path base = currentDirectory.toAbsolutePath().normalize();
        if (out.isPresent()) {
            return given(base.resolve(out.get()).normalize());
        }
        Path home = projectAround(base).resolve(HOME);
        return named(home, TIME.format(startedAt.atZone(ZoneId.systemDefault())) + "-" + command);
    }

    /** A folder in which this run has files already: what stands in it under the same names is replaced. */
    public static ResultsFolder existing(Path path) {
        return new ResultsFolder(path, List.of());
    }

    private static ResultsFolder given(Path path) {
        List<Path> created = new ArrayList<>();
        try {
            createWithParents(path, created);
            Leftovers.sweep(path);
            if (!Files.isWritable(path) || !isEmpty(path)) {
                throw new IOException("in use or not writable");
            }
            return new ResultsFolder(path, created);
        } catch (IOException e) {
            removeEmpty(created);
            throw Quantity.wrong("--out", path.toString(), ACCEPTED);
        }
    }

    private static ResultsFolder named(Path home, String name) {
        List<Path> created = new ArrayList<>();
        try {
            createWithParents(home, created);
            Leftovers.sweepAll(home);
            for (int number = 1; ; number++) {
                Path path = home.resolve(number == 1 ? name : name + "-" + number);
                try {
                    created.add(Files.createDirectory(path));
                    return new ResultsFolder(path, created);
                } catch (FileAlreadyExistsException e) {
                    // taken: try the next number
                }
            }
        } catch (IOException e) {
            removeEmpty(created);
            throw Quantity.wrong(
                    "results folder", home.toString(), "a folder that can be written; --out DIR names one");
        }
    }

    private static void createWithParents(Path path, List<Path> created) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (path.getParent() != null) {
            createWithParents(path.getParent(), created);
        }
        try {
            created.add(Files.createDirectory(path));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) { // another process has made it meanwhile, which is fine
                throw e;
            }
        }
    }

    private static Path projectAround(Path directory) {
        for (Path candidate = directory; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve(".git")) || Files.exists(candidate.resolve("scripts/pushpull"))) {
                return candidate;
            }
        }
        return directory;
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /** The folder's name. */
    public String runId() {
        return path.getFileName() == null ? "" : path.getFileName().toString();
    }

    /** Removes what {@link #create} made, if it is empty: a run that wrote nothing leaves nothing. */
    public void discardIfEmpty() {
        removeEmpty(created);
    }

    /**
     * Makes {@code latest} beside the folder point at it, and lists it in {@code index.html} there, if that is a {@code
     * results} folder.
     *
     * @throws IOException when the link cannot be made, for instance because its name is taken by something else
     */
    public void pointLatest() throws IOException {
        Path home = path.getParent();
        if (!isHome(home)) {
            return;
        }
        ResultsIndex.write(home);
        Path latest = home.resolve(LATEST);
        if (Files.exists(latest, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(latest)) {
            throw new FileAlreadyExistsException(latest.toString(), null, "is no link, so it is left as it is");
        }
        Path link = home.resolve("." + LATEST + "-" + UUID.randomUUID());
        try {
            Files.createSymbolicLink(link, path.getFileName());
            Files.move(link, latest, StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this file system has no symbolic links", e);
        } catch (IOException e) {
            throw ResultFiles.failed(latest, e);
        } finally {
            Files.deleteIfExists(link);
        }
    }

    /** Whether it is a folder in which runs are kept. */
    static boolean isHome(Path directory) {
        return directory != null
                && directory.getFileName() != null
                && directory.getFileName().toString().equals(HOME);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void removeEmpty(List<Path> outermostFirst) {
        try {
            for (int i = outermostFirst.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(outermostFirst.get(i));
            }
        } catch (DirectoryNotEmptyException e) {
            // in use, and so are the folders around it
        } catch (IOException e) {
            // an empty folder does no harm
        }
    }
}
