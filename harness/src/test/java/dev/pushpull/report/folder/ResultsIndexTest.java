package dev.pushpull.report.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
                .contains("2 results", "href=\"./one/report.html\"", "2026-11-23 13:52 UTC")
                .contains("Poisson at 1/s, polls every 500 ms, 20 consumers, 30 s")
                .containsPattern("polling: 2\\d\\d ms, 2.00 requests, 60.7 % empty")
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
                .endsWith(" % empty, 90 lost");
        assertThat(IndexEntry.of(home, whole).figures())
                .singleElement()
                .asString()
                .endsWith(" % empty");
    }

    @Test
    void saysHowManyFiguresAreLeftOut() throws IOException {
        String[] modes = IntStream.range(0, 10).mapToObj(i -> "mode" + i).toArray(String[]::new);
        Path run = Files.createDirectory(home.resolve("ten"));
        RunResults.write(Runs.ordinary().seconds(10).modes(modes).run(), run);

        assertThat(IndexEntry.of(home, run).figures()).hasSize(9).last().isEqualTo("and 2 more");
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
        assertThat(index()).contains("a newer pushpull wrote this run", "4 results");
    }

    @Test
    void listsResultsWithoutARecordAndThoseThatAFolderGathers() throws IOException {
        for (String name : List.of("kept/bench", "kept/peers")) {
            Path folder = Files.createDirectories(home.resolve(name));
            Files.writeString(folder.resolve("report.html"), "a page");
            Files.writeString(folder.resolve(name.endsWith("bench") ? "jmh.json" : "peers.csv"), "");
        }
        RunResults.write(Runs.ordinary().run(), Files.createDirectories(home.resolve("kept/run")));
        Files.createDirectories(home.resolve("kept/nothing"));
        ResultsIndex.write(home);

        assertThat(index())
                .contains("3 results", ">kept/run</a>", "<p>bench</p>", "<p>peers</p>", "./kept/bench/report.html")
                .doesNotContain("unreadable</span>", "kept/nothing");
    }

    @Test
    void offersOnlyRunsAndSweepsForComparison() throws IOException {
        RunResults.write(Runs.ordinary().run(), Files.createDirectory(home.resolve("run 1")));
        Files.writeString(
                Files.createDirectory(home.resolve("claims")).resolve("run.json"),
                "{\"schema_version\":1,\"started_at\":\"2026-11-23T13:52:22Z\",\"command\":\"claims\",\"findings\":[]}");
        ResultsIndex.write(home);

        assertThat(index()).containsOnlyOnce("type=\"checkbox\"").contains("data-argument=\"&#39;results/run 1&#39;\"");
    }

    @Test
    void knowsWhichPairsAreComparedAndIgnoresWhatSomebodyEdited() throws IOException {
        for (String name : List.of("one", "two")) {
            RunResults.write(Runs.ordinary().run(), Files.createDirectory(home.resolve(name)));
        }
        for (String runs : List.of(
                "{\"first\":\"../one\",\"second\":\"../two\"}",
                "{\"first\":\"../one\",\"second\":\"../../two\"}",
                "no")) {
            Path folder = Files.createDirectory(home.resolve("pair" + runs.length()));
            Files.writeString(folder.resolve("compared.html"), "a page");
            Files.writeString(folder.resolve("compared.json"), runs);
        }
        ResultsIndex.write(home);

        assertThat(index())
                .contains(
                        "{\"compared\":[{\"first\":\"one\",\"second\":\"two\",\"link\":\"./pair36/compared.html\"}]}");
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
