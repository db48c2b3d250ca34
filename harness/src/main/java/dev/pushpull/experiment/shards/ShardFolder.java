package dev.pushpull.experiment.shards;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which all processes of a simulation leave their shards: {@code shards} within its results folder. */
public final class ShardFolder {
    private static final String NAME = "shards";
    private static final String ENDING = ".shard";

    private final Path path;

    private ShardFolder(Path path) {
        this.path = path;
    }

    /**
     * The shards of a results folder, which is made where it is missing.
     *
     * @throws InvalidInputException when the folder holds something else
     */
    public static ShardFolder create(Path results) {
        try {
            Files.createDirectories(results);
            ShardFolder folder = new ShardFolder(results.resolve(NAME));
            try (Stream<Path> entries = Files.list(results)) {
                if (!Files.isDirectory(folder.path) && entries.anyMatch(entry -> !isHidden(entry))) {
                    throw Quantity.wrong("--out", results.toString(), "a folder that is new, empty or has shards");
                }
            }
            Files.createDirectories(folder.path);
            return folder;
        } catch (IOException e) {
            throw Quantity.wrong("--out", results.toString(), "a folder that can be written, for all shards the same");
        }
    }

    /**
     * The shards that are there.
     *
     * @throws InvalidInputException when there are none
     */
    public static ShardFolder existing(Path results) throws IOException {
        ShardFolder folder = new ShardFolder(results.resolve(NAME));
        if (!Files.isDirectory(folder.path) || folder.files().isEmpty()) {
            throw Quantity.wrong(
                    "merge", results.toString(), "a folder to which shards were written (--shard i/N --out DIR)");
        }
        return folder;
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    /** Absolute where the results folder is. */
    public Path path() {
        return path;
    }

    Path file(Shard shard) {
        return path.resolve(shard.file());
    }

    /** The complete files, in the order of their names. */
    List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry ->
                            !isHidden(entry) && entry.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    /** How many shards are complete. */
    public int complete() throws IOException {
        return files().size();
    }

    /** Who wrote the first shard there is. */
    public Optional<ShardOrigin> origin() throws IOException {
        for (Path file : files()) {
            try {
                return Optional.of(ShardFile.begin(file, ShardOrigin::read));
            } catch (ShardFile.DamagedException e) {
                throw ShardFile.refused(file, e, "shards that are whole; delete it and run this shard again");
            } catch (NoSuchFileException e) {
                // replaced meanwhile
            }
        }
        return Optional.empty();
    }

    /** Deletes these files, and the folders if nothing else is in them. */
    public void withdraw(List<String> names) throws IOException {
        for (String name : names) {
            Files.deleteIfExists(path.resolve(name));
        }
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.getParent());
        } catch (DirectoryNotEmptyException e) {
            // shards, or what was in the folder before
        }
    }

    /** Deletes what killed processes left. */
    void sweep() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.filter(ShardFolder::isHidden).toList()) {
                if (entry.getFileName().toString().contains(ENDING)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    /** @throws InvalidInputException when a shard is of another simulation than {@code own} */
    static void check(Path file, ShardOrigin own, ShardOrigin other) {
        String difference = null;
        if (!own.program().equals(other.program())) {
            difference = "is of pushpull %s, and this is %s".formatted(other.program(), own.program());
        } else if (own.seed() != other.seed()) {
            difference = "is of seed %d, and this is seed %d".formatted(other.seed(), own.seed());
        } else if (!own.words().equals(other.words())) {
            difference = "is of another command (%s)".formatted(String.join(" ", other.words()));
        } else if (!own.scenario().equals(other.scenario())) {
            difference = "is of another scenario: a file that the command names has changed, or is another one here";
        }
        if (difference != null) {
            throw new InvalidInputException("%s %s; accepted: shards of one scenario, seed and program in a folder"
                    .formatted(file, difference));
        }
    }
}
