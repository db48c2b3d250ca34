package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.ScriptedServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with closed streams, full disks, foreign locales and little memory. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "has its full disk and its open files in /dev and /proc")
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentTest {
    private static final String SIGN = " sign --scheme github --secret x --payload ";

    @TempDir
    private Path directory;

    @Test
    void nothingThatIsPrintedOrWrittenDependsOnTheSystemsLocale() throws Exception {
        Map<String, String> anywhere = everythingSaid("en", "US");
        assertThat(anywhere).containsKeys("terminal", "a/report.html", "a/table.md", "a/summary.csv", "b/report.html");
        assertThat(everythingSaid("ar", "EG"))
                .as("with digits and signs of their own")
                .isEqualTo(anywhere);
    }

    private Map<String, String> everythingSaid(String language, String country) throws Exception {
        Path own = Files.createDirectory(directory.resolve(language));
        Said said = OneAfterAnother.run(
                own,
                "simulate --horizon 2h --interval 1m --rate 40/h --mode polling,webhook,hybrid --out a"
                        + " + sweep --simulate --duration 1h --interval 1m,5m --rate 10/h,60/h --out b"
                        + " + predict --interval 1m --rate 40/d --failure-rate 0.1 --price 0.40"
                        + " + simulate --horizon 1h --json --out c + report a --out d",
                "-Duser.language=" + language,
                "-Duser.country=" + country);
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isZero();
        Map<String, String> texts = new TreeMap<>();
        texts.put("terminal", said.output().replace(own.toString(), ""));
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file)
                        .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+(Z| UTC)", "some time") // at its creation
                        .replaceAll("\"downloads\":\\{[^}]*}", "these files, packed")
                        .replaceAll("(?m)^#\\[(Start|Base)Time: .*", "");
                texts.put(own.relativize(file).toString(), text);
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdin"})
    void aClosedStandardInputIsNotReadFromTheFileThatTookItsPlace(String name) throws Exception {
        Said said = Shell.run(directory, Map.of(), Shell.program() + SIGN + name + " " + "<&-");
        assertThat(said.errors())
                .contains("--payload: '" + name + "'", "it is closed")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict --json", "--help"})
    void whatAFullDiskLosesIsSaidAndFails(String command) throws Exception {
        Said said = Shell.run(directory, Map.of(), Shell.program() + " " + command + " >/dev/full");
        assertThat(said.errors())
                .startsWith("pushpull: standard output cannot be written: ")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
        Said said = Shell.run(
                directory,
                Map.of(),
                "{ sleep 0.1; %s predict; echo \"ended with $?\" >&2; } | true".formatted(Shell.program()));
        assertThat(said.errors()).isEqualTo("ended with 0\n");
    }

    /** In this locale Java turns the bytes into question marks, and a folder of question marks is another folder. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate --horizon 1m --out \"$name\"",
                "sign --scheme github --secret \"$name\" --param a=b",
            })
    void aWordThatTheSystemsEncodingDoesNotHaveIsRefusedWithARemedy(String command) throws Exception {
        Said said = Shell.run(
                directory,
                Map.of("LC_ALL", "C"),
                "name=$(printf 'gr\\303\\274\\303\\237e'); " + Shell.program() + " " + command);
        assertThat(said.errors()).contains("'grüße'", "LC_ALL=C.UTF-8").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aCurrentDirectoryThatTheSystemsEncodingDoesNotHaveIsRefusedWithARemedy() throws Exception {
        Said said = Shell.run(
                directory,
                Map.of("LC_ALL", "C"),
                "name=$(printf 'gr\\303\\274\\303\\237e'); mkdir \"$name\"; cd \"$name\"; " + Shell.program()
                        + " simulate --horizon 1m");
        assertThat(said.errors())
                .contains("the current directory", "LC_ALL=C.UTF-8")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        try (Stream<Path> made = Files.list(directory)) {
            assertThat(made).hasSize(1);
        }
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndOthersAreNot() {
        byte[] given = "pushpull\0--out\0grüße\0".getBytes(StandardCharsets.UTF_8);
        CommandLineBytes.check(given, StandardCharsets.UTF_8);
        CommandLineBytes.check(given, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> CommandLineBytes.check(given, StandardCharsets.US_ASCII))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("'grüße' on the command line is no text in the system's encoding US-ASCII");
        byte[] latin = "pushpull\0--out\0grüße\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> CommandLineBytes.check(latin, StandardCharsets.UTF_8))
                .hasMessageContaining("on the command line is no text in the system's encoding UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.sqlite.tmpdir", "java.io.tmpdir"})
    void aFolderThatTakesNoLibraryIsNamedWithARemedy(String property) throws Exception {
        Said said = Shell.run(
                directory,
                Map.of(),
                Shell.program("-D" + property + "=/nowhere") + " serve --outbox a.db --port 0 --duration 1s --out b");
        assertThat(said.errors().lines().filter(line -> !line.startsWith("WARNING: java.io.tmpdir"))) // newer JVMs' own
                .singleElement()
                .asString()
                .contains("SQLite's library", "/nowhere: there is no such folder", "PUSHPULL_JAVA_OPTS=-D");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTraceThatDoesNotFitIntoMemoryIsSaidWithTheRemedy() throws Exception {
        byte[] times = new byte[8_000_000];
        Arrays.fill(times, (byte) '1');
        for (int i = 1; i < times.length; i += 2) {
            times[i] = '\n';
        }
        Files.write(directory.resolve("times.txt"), times);
        Said said =
                Shell.run(directory, Map.of(), Shell.program("-Xmx32m") + " simulate --trace times.txt --horizon 1m");
        assertThat(said.errors())
                .startsWith("pushpull: the memory of ")
                .contains("is not enough for the trace 'times.txt'", "PUSHPULL_JAVA_OPTS=-Xmx")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void anAnswerThatDoesNotFitIntoMemoryIsSaidWithTheRemedy() throws Exception {
        String large = "[" + " ".repeat(40_000_000) + "]";
        try (ScriptedServer server = new ScriptedServer(request -> new ScriptedServer.Reply(200, Map.of(), large))) {
            Said said = Shell.run(
                    directory,
                    Map.of(),
                    Shell.program("-Xmx40m") + " poll " + server.address() + " --duration 1m --interval 1s --out a");
            assertThat(said.errors())
                    .contains("cannot be polled: the memory of ", "for the answer", "PUSHPULL_JAVA_OPTS=-Xmx")
                    .endsWith("more\n");
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void whateverElseDoesNotFitIsSaidToo() throws Exception {
        try (RandomAccessFile body =
                new RandomAccessFile(directory.resolve("body").toFile(), "rw")) {
            body.setLength(1L << 30); // sparse: takes no disk space
        }
        Said said = Shell.run(
                directory, Map.of(), Shell.program("-Xmx32m") + " sign --scheme github --secret x --payload body");
        assertThat(said.errors())
                .startsWith("pushpull: the memory of ")
                .contains("PUSHPULL_JAVA_OPTS=-Xmx")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD) // they take standard output over
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkIsNoPartOfATraceOrAPreset(String encoding) throws IOException {
        Path plain = Files.writeString(directory.resolve("plain.txt"), "1517443200\n1517443260\n1517443500\n");
        Path marked = Files.write(
                directory.resolve("marked.txt"), "\uFEFF1517443200\r\n1517443260\r\n1517443500\r\n".getBytes(encoding));
        assertThat(predicted("--trace", marked)).isEqualTo(predicted("--trace", plain));
        Path preset = Files.write(directory.resolve("vendor.toml"), "\uFEFFrate = \"40/d\"\n".getBytes(encoding));
        Path own = Files.writeString(directory.resolve("own.toml"), "rate = \"40/d\"\n");
        assertThat(predicted("--preset", preset)).isEqualTo(predicted("--preset", own));
    }

    private static String predicted(String flag, Path file) {
        Said said = Said.by("", List.of("predict", "--json", "--interval", "1m", flag, file.toString()));
        assertThat(said.errors().lines()).allMatch(line -> line.startsWith("pushpull: trace: one a line"));
        return said.output();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD) // they take standard output over
    @ValueSource(
            strings = {
                "predict --trace FILE",
                "predict --preset FILE",
                "compare --out FILE",
                "compare --inbox FILE.db",
                "sign --scheme github --secret x --payload FILE",
                "report FILE",
                "drive --url http://127.0.0.1:1/ --body FILE",
            })
    void aPathThatTheSystemCannotNameIsRefusedInOneLine(String command) {
        Said said = Said.by(
                "",
                Stream.of(command.split(" "))
                        .map(word -> word.replace("FILE", "a\0b/c"))
                        .toList());
        assertThat(said.errors())
                .startsWith("pushpull: ")
                .doesNotContain("Exception", "java.")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD) // they take standard output over
    @ValueSource(
            strings = {
                "predict --trace nowhere/x.txt",
                "predict --trace .",
                "compare --preset nowhere/x.toml",
                "sign --scheme github --secret x --payload nowhere/x",
                "report nowhere",
                "compare --duration 1s --interval 1s --inbox nowhere/x.db",
                "drive --url http://127.0.0.1:1/ --body nowhere/x",
                "drive --url http://127.0.0.1:1/",
                "poll http://127.0.0.1:1/ --duration 1m",
                "poll http://nowhere.invalid/ --duration 1m",
                "bench-report nowhere",
                "peers-report nowhere",
                "trace-event nowhere evt_1",
            })
    void noJavaClassIsNamedWhereSomethingOutsideIsMissing(String command) {
        String own = command.contains("compare") || command.startsWith("poll")
                ? command + " --out " + directory.resolve("out")
                : command;
        Said said = Said.by("", Stream.of(own.split(" ")).toList());
        assertThat(said.exitCode()).isIn(ExitCode.FAILED, ExitCode.USAGE);
        assertThat(said.errors())
                .startsWith("pushpull: ")
                .doesNotContainPattern("\\w(Exception|Error)\\b|java\\.|picocli");
    }
}
