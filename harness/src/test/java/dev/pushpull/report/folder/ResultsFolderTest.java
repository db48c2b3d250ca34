package dev.pushpull.report.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
    private static final Instant STARTED = LocalDateTime.parse("2026-11-23T13:52:22")
            .atZone(ZoneId.systemDefault())
            .toInstant();

    @TempDir
    Path directory;

    @Test
    void namesADefaultFolderAfterTimeAndCommand() {
        ResultsFolder folder = byDefault(directory);

        assertThat(folder.path()).isEqualTo(directory.resolve("results/2026-11-23T13-52-22-compare"));
        assertThat(folder.path()).isEmptyDirectory();
        assertThat(folder.runId()).isEqualTo("2026-11-23T13-52-22-compare");
    }

    @Test
    void numbersANameThatIsTaken() {
        assertThat(byDefault(directory).runId()).endsWith("-compare");
        assertThat(byDefault(directory).runId()).endsWith("-compare-2");
        assertThat(byDefault(directory).runId()).endsWith("-compare-3");
    }

    @Test
    void putsADefaultFolderIntoTheProjectAroundTheCurrentDirectory() throws IOException {
        Path inside = Files.createDirectories(directory.resolve("a/b"));
        Files.createDirectory(directory.resolve(".git"));

        assertThat(byDefault(inside).path().getParent()).isEqualTo(directory.resolve("results"));
    }

    @Test
    void takesTheLauncherForASignOfAProjectToo() throws IOException {
        Path inside = Files.createDirectories(directory.resolve("a/b"));
        Files.createDirectories(directory.resolve("a/scripts"));
        Files.createFile(directory.resolve("a/scripts/pushpull"));
        Files.createDirectory(directory.resolve(".git"));

        assertThat(byDefault(inside).path().getParent()).isEqualTo(directory.resolve("a/results"));
    }

    @Test
    void makesAGivenFolderWithItsParents() {
        ResultsFolder folder = given("a/b/c");

        assertThat(folder.path()).isEqualTo(directory.resolve("a/b/c")).isEmptyDirectory();
        assertThat(folder.runId()).isEqualTo("c");
    }

    @Test
    void acceptsAGivenFolderThatIsEmpty() throws IOException {
        Files.createDirectory(directory.resolve("empty"));

        assertThat(given("empty").path()).isEqualTo(directory.resolve("empty"));
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws IOException {
        Files.createDirectory(directory.resolve("full"));
        Files.createFile(directory.resolve("full/something"));

        assertRefused("full");
    }

    @Test
    void refusesAFileAndWhatCannotBeMade() throws IOException {
        Files.createFile(directory.resolve("file"));

        assertRefused("file");
        assertRefused("file/below/it");
    }

    @Test
    void leavesNothingBehindWhenItRefuses() throws IOException {
        Files.createFile(directory.resolve("file"));

        assertRefused("new/../file/below");
        assertThat(directory).isDirectoryNotContaining("glob:**/new");
    }

    @Test
    void refusesInOneLineWhenTheDefaultPlaceCannotBeWritten() throws IOException {
        Files.createFile(directory.resolve("results"));

        assertThatThrownBy(() -> byDefault(directory))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--out DIR")
                .message()
                .hasLineCount(1);
    }

    @Test
    void discardsWhatItMadeWithTheParentsItMade() throws IOException {
        Files.createDirectory(directory.resolve("a"));

        given("a/b/c").discardIfEmpty();

        assertThat(directory.resolve("a")).isEmptyDirectory();
    }

    @Test
    void discardsNothingThatHoldsSomethingOrWasThereBefore() throws IOException {
        ResultsFolder used = byDefault(directory);
        Files.createFile(used.path().resolve("run.json"));
        Path existing = Files.createDirectory(directory.resolve("existing"));

        used.discardIfEmpty();
        given("existing").discardIfEmpty();

        assertThat(used.path().resolve("run.json")).exists();
        assertThat(existing).exists();
    }

    @Test
    void keepsTheResultsOfOthersWhenItDiscardsItsOwn() {
        ResultsFolder first = byDefault(directory);
        ResultsFolder second = byDefault(directory);

        first.discardIfEmpty();

        assertThat(first.path()).doesNotExist();
        assertThat(second.path()).exists();
    }

    @Test
    void letsLatestFollowTheNewestRun() throws IOException {
        ResultsFolder first = byDefault(directory);
        ResultsFolder second = byDefault(directory);

        first.pointLatest();
        second.pointLatest();

        Path latest = directory.resolve("results/latest");
        assertThat(Files.readSymbolicLink(latest)).isEqualTo(Path.of(second.runId()));
        try (var entries = Files.list(directory.resolve("results"))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(first.runId(), second.runId(), "latest", "index.html");
        }
    }

    @Test
    void makesNoLinkOutsideAResultsFolder() throws IOException {
        given("elsewhere").pointLatest();

        assertThat(directory.resolve("latest")).doesNotExist();
    }

    @Test
    void leavesARealFolderNamedLatestAlone() throws IOException {
        Path latest = Files.createDirectories(directory.resolve("results/latest"));
        ResultsFolder folder = byDefault(directory);

        assertThatIOException().isThrownBy(folder::pointLatest);
        assertThat(latest).isEmptyDirectory();
    }

    private void assertRefused(String out) {
        assertThatThrownBy(() -> given(out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--out: '")
                .hasMessageContaining("is not accepted; accepted: ")
                .message()
                .hasLineCount(1);
    }

    private ResultsFolder given(String out) {
        return ResultsFolder.create(Optional.of(Path.of(out)), directory, "compare", STARTED);
    }

    private static ResultsFolder byDefault(Path current) {
        return ResultsFolder.create(Optional.empty(), current, "compare", STARTED);
    }
}
