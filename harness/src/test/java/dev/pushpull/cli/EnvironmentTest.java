package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.ScriptedServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
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
    private static final String SIGN = "sign --scheme github --secret x --payload ";

    @TempDir
    private Path directory;

    @Test
    @Execution(ExecutionMode.SAME_THREAD) // it takes standard output over
    void nothingThatIsPrintedOrWrittenDependsOnTheSystemsLocale() throws Exception {
        Path here = Files.createDirectory(directory.resolve("here"));
        StringBuilder output = new StringBuilder();
        for (String command : everything(here).split(" \\+ ")) {
            Said said = Said.by("", List.of(command.split(" ")));
            assertThat(said.errors()).isEmpty();
            assertThat(said.exitCode()).isZero();
            output.append(said.output());
        }
        Map<String, String> anywhere = texts(here, output.toString());
        assertThat(anywhere).containsKeys("terminal", "a/report.html", "a/table.md", "a/summary.csv", "b/report.html");
        Path there = Files.createDirectory(directory.resolve("ar"));
        Said said = OneAfterAnother.run(
                there,
                everything(there),
                Stream.concat(Stream.of("-Duser.language=ar", "-Duser.country=EG"), memory())
                        .toArray(String[]::new));
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(texts(there, said.output()))
                .as("with digits and signs of their own")
                .isEqualTo(anywhere);
    }

    /** This JVM's flags for it: results say how much there is. */
    private static Stream<String> memory() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> flag.startsWith("-Xm"));
    }

    private static String everything(Path own) {
        return ("simulate --horizon 2h --interval 1m --rate 40/h --mode polling,webhook,hybrid --out OWN/a"
                        + " + sweep --simulate --duration 1h --interval 1m,5m --rate 10/h,60/h --out OWN/b"
                        + " + predict --interval 1m --rate 40/d --failure-rate 0.1 --price 0.40"
                        + " + simulate --horizon 1h --json --out OWN/c + report OWN/a --out OWN/d")
                .replace("OWN", own.toString());
    }

    private static Map<String, String> texts(Path own, String output) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        texts.put("terminal", output.replace(own.toString(), ""));
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file)
                        .replace(own.toString(), "")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+(Z| UTC)", "some time") // at its creation
                        .replaceAll("\"downloads\":\\{[^}]*}", "these files, packed")
                        .replaceAll("(?m)^#\\[(Start|Base)Time: .*", "");
                texts.put(own.relativize(file).toString(), text);
            }
        }
        return texts;
    }

    @Test
    void aClosedStandardInputIsNotReadFromTheFileThatTookItsPlace() throws Exception {
        List<String> names = List.of("-", "/dev/stdin");
        List<Said> said = OneAfterAnother.each(
                directory, "<&-", names.stream().map(SIGN::concat).toList());
        for (int i = 0; i < names.size(); i++) {
            assertThat(said.get(i).errors())
                    .contains("--payload: '" + names.get(i) + "'", "it is closed")
                    .hasLineCount(1);
            assertThat(said.get(i).exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(said.get(i).output()).isEmpty();
        }
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

    /** One after another in one small JVM: what did not fit is let go. */
    @Test
    void whatDoesNotFitIntoMemoryIsSaidWithTheRemedy() throws Exception {
        byte[] times = new byte[8_000_000];
        Arrays.fill(times, (byte) '1');
        for (int i = 1; i < times.length; i += 2) {
            times[i] = '\n';
        }
        Files.write(directory.resolve("times.txt"), times);
        try (RandomAccessFile body =
                new RandomAccessFile(directory.resolve("body").toFile(), "rw")) {
            body.setLength(1L << 30); // sparse: takes no disk space
        }
        String large = "[" + " ".repeat(40_000_000) + "]";
        try (ScriptedServer server = new ScriptedServer(request -> new ScriptedServer.Reply(200, Map.of(), large))) {
            List<Said> said = OneAfterAnother.each(
                    directory,
                    "",
                    List.of(
                            "simulate --trace times.txt --horizon 1m",
                            "poll " + server.address() + " --duration 1m --interval 1s --out a",
                            SIGN + "body"),
                    "-Xmx40m");
            assertThat(said).extracting(Said::exitCode).containsOnly(ExitCode.FAILED);
            assertThat(said.get(0).errors())
                    .as("a trace")
                    .startsWith("pushpull: the memory of ")
                    .contains("is not enough for the trace 'times.txt'", "PUSHPULL_JAVA_OPTS=-Xmx")
                    .hasLineCount(1);
            assertThat(said.get(1).errors())
                    .as("an answer")
                    .contains("cannot be polled: the memory of ", "for the answer", "PUSHPULL_JAVA_OPTS=-Xmx")
                    .endsWith("more\n");
            assertThat(said.get(2).errors())
                    .as("whatever else")
                    .startsWith("pushpull: the memory of ")
                    .contains("PUSHPULL_JAVA_OPTS=-Xmx")
                    .hasLineCount(1);
        }
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
