package dev.pushpull.report.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsIndexTest {
    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(directory.resolve("results"));
    }

    @Test
    void listsWhatRanWithItsScenarioAndFigures() throws IOException {
        RunResults.write(Runs.ordinary().run(), Files.createDirectory(home.resolve("one")));
        RunResults.write(
                Runs.ordinary().invalid("it is").partial().run(), Files.createDirectory(home.resolve("other")));
        ResultsIndex.besides(home.resolve("one"));

        assertThat(index())
                .contains("2 runs", "href=\"./one/report.html\"", "2026-11-23T13:52:22Z")
                .contains("λ = 1/s poisson, T = 500ms, N = 20, 30s")
                .containsPattern("polling: 2\\d\\d ms late, 2.00 requests/delivery, 60.7 % empty")
                .contains("webhook: ", "INVALID", "PARTIAL")
                .contains("default-src 'none'");
    }

    @Test
    void tellsOfLossesWhereThereWereSome() throws IOException {
        Path lossy = Files.createDirectory(home.resolve("lossy"));
        Path whole = Files.createDirectory(home.resolve("whole"));
        RunResults.write(Runs.ordinary().seconds(10).modes("polling").lost(90).run(), lossy);
        RunResults.write(Runs.ordinary().seconds(10).modes("polling").run(), whole);

        assertThat(IndexEntry.of(home, lossy).figures())
                .singleElement()
                .asString()
                .endsWith("empty, 90 lost");
        assertThat(IndexEntry.of(home, whole).figures())
                .singleElement()
                .asString()
                .endsWith("empty");
    }

    @Test
    void listsWhatCannotBeReadAsUnreadable() throws IOException {
        Files.createDirectory(home.resolve("empty"));
        Files.writeString(Files.createDirectory(home.resolve("newer")).resolve("run.json"), "{\"schema_version\":99}");
        Files.writeString(Files.createDirectory(home.resolve("cut")).resolve("run.json"), "{\"schema_version\":1,\"o");
        Files.writeString(Files.createDirectory(home.resolve("odd")).resolve("run.json"), "{\"schema_version\":1}");
        Files.createSymbolicLink(home.resolve("latest"), Path.of("newer"));
        ResultsIndex.write(home);

        assertThat(index().split("unreadable</span>", -1)).hasSize(1 + 4);
        assertThat(index()).contains("a newer pushpull wrote this run", "4 runs");
    }

    @Test
    void showsNamesWithMarkupAsTextAndLinksNowhereElse() throws IOException {
        String name = "javascript:alert(1)\"><img src=x>";
        RunResults.write(
                Runs.ordinary().modes("<script>alert(1)</script>").run(), Files.createDirectory(home.resolve(name)));
        ResultsIndex.write(home);

        assertThat(index())
                .contains("href=\"./javascript:alert(1)%22%3E%3Cimg%20src=x%3E/report.html\"")
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert", "<img", "href=\"javascript");
    }

    @Test
    void leavesFoldersAloneThatAreNoResults() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        ResultsIndex.besides(Files.createDirectory(elsewhere.resolve("run")));

        assertThat(elsewhere.resolve("index.html")).doesNotExist();
    }

    private String index() throws IOException {
        return Files.readString(home.resolve("index.html")).replace("&#x3D;", "=");
    }
}
