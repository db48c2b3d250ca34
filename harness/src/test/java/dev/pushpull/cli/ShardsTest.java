package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushpull.report.shared.RunJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One simulation by several processes, and what they must not make of it. */
@Tag("study")
class ShardsTest {
    /** What a run says of its circumstances. */
    private static final Set<String> CIRCUMSTANCES = Set.of("command_line", "started_at", "environment");

    private static final String SMALL = "simulate --consumers 30 --rate 100/h --interval 5m --horizon 1d";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1 | simulate --consumers 30 --rate 100/h --horizon 1d
        3 | simulate --consumers 1 --rate 1/h --interval 5m --horizon 1d
        3 | simulate --mode polling,webhook,hybrid,long-polling --consumers 100 --rate 40/d --interval 5m --horizon 10d
        3 | simulate --mode sse,thin-webhook,batched-webhook --consumers 40 --rate 100/h --interval 5m --horizon 1d --failure-rate 0.1
        2 | simulate --streams shared --consumers 30 --rate 100/h --interval 5m --horizon 2d --outage 10m@2h
        3 | simulate --in-flight 3 --slow 10%@2s --consumers 30 --rate 20/h --interval 5m --horizon 2d --trials 2
        3 | simulate --trials 6 --consumers 30 --rate 100/h --interval 5m --horizon 1d --price 0.40
        5 | sweep --simulate --interval 1m,5m --rate 10/h,100/h --duration 2d
        """)
    void mergedShardsAreByteForByteWhatOneHostGives(int shards, String command) throws IOException {
        run(command, "--out", directory.resolve("one/run").toString());
        for (int number = shards; number >= 1; number--) {
            shard(command, number, shards);
        }
        Said merged = run("merge " + directory.resolve("many/run"));
        assertThat(merged.exitCode()).as(merged.errors()).isEqualTo(ExitCode.DONE);
        assertThat(merged.errors()).contains("core-seconds").hasLineCount(1);
        assertSame(directory.resolve("one/run"), directory.resolve("many/run"));
    }

    @Test
    void aShardThatIsThereIsSkippedAndADamagedOneIsSimulatedAgain() throws IOException {
        shard(SMALL, 1, 2);
        Path file = file(1, 2);
        byte[] content = Files.readAllBytes(file);
        assertThat(shard(SMALL, 1, 2).errors()).contains("already");
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        Files.write(file, new byte[] {7}, StandardOpenOption.APPEND);
        assertThat(shard(SMALL, 1, 2).errors()).contains(file + " is damaged, so it is simulated again");
        shard(SMALL, 2, 2);
        assertThat(run("merge " + directory.resolve("many/run")).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aMissingShardMakesTheMergeRefuseAndIsNamed() throws IOException {
        shard(SMALL, 1, 3);
        Said merged = run("merge " + directory.resolve("many/run"));
        assertRefused(merged, "shards 2/3, 3/3 are missing; accepted: all 3 shards");
        assertThat(directory.resolve("many/run/run.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "flipped", "empty", "foreign"})
    void aDamagedShardMakesTheMergeRefuseAndIsNamed(String how) throws IOException {
        shard(SMALL, 1, 2);
        shard(SMALL, 2, 2);
        Path file = file(2, 2);
        byte[] content = Files.readAllBytes(file);
        byte[] flipped = content.clone();
        flipped[content.length / 2] ^= 1;
        Files.write(
                file,
                switch (how) {
                    case "cut" -> java.util.Arrays.copyOf(content, content.length - 9);
                    case "flipped" -> flipped;
                    case "empty" -> new byte[0];
                    default -> "something else altogether, but long enough".getBytes(StandardCharsets.UTF_8);
                });
        assertRefused(run("merge " + directory.resolve("many/run")), file + " is damaged; accepted: ");
        assertThat(directory.resolve("many/run/run.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --seed 2       | is of seed 1, and this is seed 2
        --page-limit 9 | is of another command (simulate --consumers 30
        """)
    void aShardOfSomethingElseInTheFolderIsRefused(String more, String named) throws IOException {
        shard(SMALL, 1, 2);
        assertRefused(shard(SMALL + " " + more, 2, 2), named);
        assertThat(file(2, 2)).doesNotExist();
    }

    @Test
    void shardsOfDifferentNumbersAreRefused() throws IOException {
        shard(SMALL, 1, 2);
        assertRefused(shard(SMALL, 2, 3), "the same N for all shards");
    }

    @Test
    void aFileThatChangedSinceIsNoticed() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace"), "1700000000\n1700000100\n1700003600\n");
        String command = "simulate --mode polling --consumers 2 --interval 1m --trace " + trace;
        shard(command, 1, 1);
        Files.writeString(trace, "1700000000\n1700000200\n1700003600\n");
        assertRefused(run("merge " + directory.resolve("many/run")), "is of another scenario");
    }

    @Test
    void shardsOfAnotherProgramAreRefusedAndBothVersionsAreNamed() throws IOException {
        shard(SMALL, 1, 1);
        byte[] content = Files.readAllBytes(file(1, 1));
        Files.write(file(1, 1), OtherVersion.of(content, PushPull.Version.text(), "0.0.9-other"));
        assertRefused(
                run("merge " + directory.resolve("many/run")),
                "of pushpull 0.0.9-other, and this is " + PushPull.Version.text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --shard 0/0                               | --shard: '0/0' is not accepted; accepted: i/N with i from 1 to N
        --shard 5/3                               | --shard: '5/3' is not accepted
        --shard two                               | --shard: 'two' is not accepted
        --shard 1/-2                              | --shard: '1/-2' is not accepted
        --shard 1/100001                          | at most 100000 shards
        --shard 1/2 --shards 2                    | --shards: it is not accepted with --shard
        --shards 2                                | --shards: it is not accepted alone
        --submit slurm                            | --submit: it is not accepted alone
        --dry-run                                 | --dry-run: it is not accepted alone
        --shards 2 --submit pbs                   | --submit: 'pbs' is not accepted; accepted: slurm
        --shards 0 --submit slurm                 | --shards: '0' is not accepted
        --shard 1/1 --trace -                     | --trace: '-' is not accepted; accepted: with --shard a file
        """)
    void badInputIsRefusedInOneLineAndNothingIsWritten(String flags, String named) {
        List<String> words = new ArrayList<>(List.of((SMALL + " " + flags).split(" ")));
        if (flags.contains("--trace")) {
            words.removeAll(List.of("--rate", "100/h"));
        }
        words.addAll(List.of("--out", directory.resolve("many/run").toString()));
        assertRefused(Said.by("1700000000\n1700003600\n", words), named);
        assertThat(directory.resolve("many")).doesNotExist();
    }

    @Test
    void aShardNeedsAFolderToShare() {
        assertRefused(run(SMALL, "--shard", "1/2"), "--shard: '1/2' needs --out");
    }

    @Test
    void aLiveSweepHasNoShards() {
        assertRefused(
                run("sweep --shard 1/2", "--out", directory.resolve("x").toString()), "accepted: with --simulate");
    }

    @Test
    void aFolderWithoutShardsCannotBeMerged() {
        assertRefused(run("merge " + directory), "a folder to which shards were written");
    }

    @Test
    void aFolderInUseTakesNoShards() throws IOException {
        Files.createDirectories(directory.resolve("many/run"));
        Files.writeString(directory.resolve("many/run/mine"), "mine");
        assertRefused(shard(SMALL, 1, 2), "a folder that is new, empty or has shards");
    }

    private Path file(int number, int of) {
        return directory.resolve("many/run/shards/%06d-of-%06d.shard".formatted(number, of));
    }

    private Said shard(String command, int number, int of) {
        return run(
                command,
                "--shard",
                number + "/" + of,
                "--out",
                directory.resolve("many/run").toString());
    }

    private static Said run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(more));
        return Said.by("", words);
    }

    private static void assertRefused(Said said, String named) {
        List<String> lines = said.errors()
                .lines()
                .filter(line -> !line.startsWith("pushpull: trace: "))
                .toList();
        assertThat(lines).singleElement().asString().startsWith("pushpull: ").contains(named);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
    }

    /** All files are the same but for what they say of the circumstances. */
    static void assertSame(Path one, Path many) throws IOException {
        List<String> files;
        try (Stream<Path> list = Files.list(one)) {
            files = list.map(file -> file.getFileName().toString()).sorted().toList();
        }
        try (Stream<Path> list = Files.list(many)) {
            assertThat(list.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("shards"))
                            .sorted()
                            .toList())
                    .isEqualTo(files);
        }
        JsonNode oneRun = RunJson.MAPPER.readTree(one.resolve("run.json").toFile());
        JsonNode manyRun = RunJson.MAPPER.readTree(many.resolve("run.json").toFile());
        String oneStarted = oneRun.path("started_at").asText();
        String manyStarted = manyRun.path("started_at").asText();
        assertThat(figures(manyRun)).isEqualTo(figures(oneRun));
        for (String file : files) {
            if (!file.equals("run.json")) {
                List<String> lines =
                        timeless(many.resolve(file), manyStarted).lines().toList();
                List<String> expected =
                        timeless(one.resolve(file), oneStarted).lines().toList();
                for (int i = 0; i < Math.min(lines.size(), expected.size()); i++) {
                    assertThat(lines.get(i)).as(file + ", line " + (i + 1)).isEqualTo(expected.get(i));
                }
                assertThat(lines).as(file).hasSameSizeAs(expected);
            }
        }
    }

    private static JsonNode figures(JsonNode run) {
        ((ObjectNode) run).remove(CIRCUMSTANCES);
        run.path("cells").forEach(cell -> ((ObjectNode) cell).remove(CIRCUMSTANCES));
        return run;
    }

    /** The text without the command line and the moment at which the run began, in all forms in which they are written. */
    private static String timeless(Path file, String startedAt) throws IOException {
        return Files.readString(file)
                .replace(startedAt, "")
                .replace(startedAt.substring(0, 19).replace('T', ' ') + " UTC", "")
                .replaceAll("<dt>(heap at most|cores)</dt><dd>[^<]*</dd>", "")
                .replaceAll("<code>scripts/pushpull [^<]*</code>", "")
                .replaceAll("#\\[(StartTime|BaseTime): .*", "")
                .replaceAll("\"(run.json|latency.hlog)\":\"[A-Za-z0-9+/=]*\"", ""); // compressed, for the page's reader
    }
}
