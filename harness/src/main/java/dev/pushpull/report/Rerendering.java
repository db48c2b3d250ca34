package dev.pushpull.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes the files of a results folder again, from its {@code run.json} alone. */
public final class Rerendering {
    private Rerendering() {}

    /**
     * Makes them all, and puts them into place only when every one is made: a record that cannot be rendered leaves the
     * folder as it was.
     *
     * @param target the run's own folder, whose {@code run.json} then stays untouched, or another
     * @return the CSV files in {@code target} that did not say what {@code run.json} says, and now do
     * @throws dev.pushpull.scenario.InvalidInputException when the record cannot be rendered
     */
    public static List<String> write(StoredRun run, Path target) throws IOException {
        Path stage = target.resolve(".report-" + UUID.randomUUID());
        Files.createDirectory(stage);
        try {
            run.unlessHandmade(() -> run.write(stage));
            return move(stage, target);
        } finally {
            remove(stage);
        }
    }

    private static List<String> move(Path stage, Path target) throws IOException {
        List<String> corrected = new ArrayList<>();
        try (Stream<Path> made = Files.walk(stage)) {
            for (Path file : made.filter(Files::isRegularFile).sorted().toList()) {
                Path name = stage.relativize(file);
                Path place = target.resolve(name);
                if (name.toString().equals(RunJson.FILE) && Files.exists(place)) {
                    continue;
                }
                if (name.toString().endsWith(".csv") && Files.exists(place) && Files.mismatch(file, place) >= 0) {
                    corrected.add(name.toString());
                }
                Files.createDirectories(place.getParent());
                Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return corrected;
    }

    private static void remove(Path stage) throws IOException {
        try (Stream<Path> left = Files.walk(stage)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
