package dev.pushpull.report.stored;

import dev.pushpull.report.shared.Leftovers;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes the files of a results folder again, only from its {@code run.json}. */
public final class Rerendering {
    private Rerendering() {}

    /**
     * Makes all files, and puts them in place only when all are made: a record that cannot be rendered leaves the
     * folder unchanged.
     *
     * @param target the run's own folder, whose {@code run.json} is then not touched, or another
     * @return the CSV files in {@code target} that contradicted {@code run.json}, and no longer do
     * @throws dev.pushpull.scenario.InvalidInputException when the record cannot be rendered
     * @throws IOException when the folder cannot be written
     */
    public static List<String> write(StoredRun run, Path target) throws IOException {
        Leftovers.sweep(target);
        try (Leftovers.StagingFolder staging = Leftovers.stagingFolder(target)) {
            run.unlessHandmade(() -> run.write(staging.folder()));
            return move(staging, target);
        } catch (IOException e) { // for an unknown file
            throw new IOException("the folder " + target + " cannot be written: " + Failures.reason(e), e);
        }
    }

    private static List<String> move(Leftovers.StagingFolder staging, Path target) throws IOException {
        List<String> corrected = new ArrayList<>();
        try (Stream<Path> made = Files.walk(staging.folder())) {
            for (Path file : made.filter(Files::isRegularFile)
                    .filter(file -> !staging.isOwn(file))
                    .sorted()
                    .toList()) {
                Path name = staging.folder().relativize(file);
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
}
