package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.stored.Rerendering;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed run or report leaves is deleted by the next one, and nothing else is. */
class LeftoversTest {
    private static final String STAGING = ".report-0b5a2f66-7d1c-4a0e-9c1b-1d2e3f405162";

    @TempDir
    private Path directory;

    /** Starts making a report and a file, and is killed before they are complete. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Leftovers.stagingFolder(folder);
            ResultFiles.put(folder, "summary.csv", out -> {
                out.write("half");
                out.flush();
                System.out.println("ready");
                System.out.flush();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsInUseStaysAndGoesWhenItsProcessIsGone() throws Exception {
        try (ChildJvm other = new ChildJvm(Killed.class, directory.toString())) {
            other.ready();
            Leftovers.sweep(directory);
            assertThat(names()).as("in use").hasSize(2);
            other.kill();
            Leftovers.sweep(directory);
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void theNextReportSweepsItsFolder() throws IOException {
        RunResults.write(Runs.ordinary().run(), directory);
        List<String> before = names();
        Files.writeString(Files.createDirectory(directory.resolve(STAGING)).resolve("report.html"), "half");
        Files.writeString(directory.resolve(".summary.csv.tmp"), "half");
        Files.writeString(directory.resolve(".latency-webhook.hgrm.tmp"), "half");
        Rerendering.write(StoredRun.read(directory), directory);
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void theNextRunSweepsWhatItIsGivenAndWhereItIsKept() throws IOException {
        Path given = Files.createDirectory(directory.resolve("given"));
        Files.writeString(given.resolve(".run.json.tmp"), "half");
        ResultsFolder.create(Optional.of(given), directory, "compare", Instant.EPOCH);
        assertThat(given).isEmptyDirectory();

        Path killed = Files.createDirectories(directory.resolve("results/killed-compare"));
        Files.writeString(killed.resolve(".summary.csv.tmp"), "half");
        Files.createDirectory(killed.resolve(STAGING));
        Files.createDirectory(directory.resolve(".git"));
        ResultsFolder.create(Optional.empty(), directory, "compare", Instant.EPOCH);
        assertThat(killed).isEmptyDirectory();
    }

    @Test
    void whatIsNotOursStays() throws IOException {
        for (String name : List.of(".report-mine", ".notes.tmp", "summary.csv.tmp", ".profile.sh.tmp")) {
            Files.writeString(directory.resolve(name), "kept");
        }
        List<String> before = names();
        Leftovers.sweep(directory);
        assertThat(names()).isEqualTo(before);
    }
}
