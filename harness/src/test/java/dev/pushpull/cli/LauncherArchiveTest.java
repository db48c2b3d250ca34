package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code scripts/pushpull} does for a quick start: the classes it keeps beside the jar, and the compiler's flags. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the permissions of files")
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class LauncherArchiveTest {
    private static final String SIGN =
            "echo '{}' | project/scripts/pushpull sign --scheme github --secret x --payload -";
    private static final String SIGNED = "X-Hub-Signature-256: sha256=";

    /** As the launcher sees a JVM; that a real one takes the archive is seen in the other tests. */
    private static final String KEEPS_WHAT_IT_IS_TOLD = """
            case "$*" in
                -fullversion) echo 'openjdk full version "17.0.1+1"' >&2 ;;
                -XX:ArchiveClassesAtExit=*) echo classes >"${1#*=}" ;;
                *) echo "%s00" ;;
            esac""".formatted(SIGNED);

    @TempDir
    private static Path smallClasses;

    @TempDir
    private Path directory;

    private Path target;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void makeProject() throws IOException, InterruptedException {
        Path project = directory.resolve("project");
        Files.createDirectories(project.resolve("harness/src/main"));
        Shell.install(Path.of("../scripts/pushpull"), project.resolve("scripts/pushpull"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("harness/pom.xml"));
        target = Files.createDirectories(project.resolve("harness/target"));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void theFirstRunKeepsTheClassesAndTheNextTakesThem() throws Exception {
        makeJar();
        assertSigned();
        assertThat(archives())
                .singleElement()
                .satisfies(archive -> assertThat(archive).isNotEmptyFile());

        variables.put("PUSHPULL_JAVA_OPTS", "-Xlog:class+load:file=" + directory.resolve("loaded.txt"));
        assertSigned();
        assertThat(Files.readAllLines(directory.resolve("loaded.txt")))
                .as("a class of the program")
                .anyMatch(line -> line.contains(" dev.pushpull.cli.StandardStreams source: shared objects file (top)"));
    }

    @Test
    void theyAreKeptAnewForAnotherJvmAndForAnotherJar() throws Exception {
        makeSmallJar();
        makeJava(KEEPS_WHAT_IT_IS_TOLD);
        assertSigned();
        Path first = archives().get(0);

        Path otherHome = Files.createSymbolicLink(directory.resolve("other"), directory.resolve("java"));
        variables.put("JAVA_HOME", otherHome.toString());
        assertSigned();
        assertThat(archives()).as("another JVM has its own").hasSize(2).contains(first);

        Files.setLastModifiedTime(
                target.resolve("pushpull.jar"), FileTime.from(Instant.now().plusSeconds(60)));
        assertSigned();
        assertThat(archives()).as("another jar ends them all").hasSize(1).doesNotContain(first);
        FileTime made = Files.getLastModifiedTime(archives().get(0));
        assertSigned();
        assertThat(Files.getLastModifiedTime(archives().get(0))).as("once").isEqualTo(made);
        Files.delete(otherHome);
    }

    /** As when a JVM was replaced by another in its place. */
    @Test
    void anArchiveThatTheJvmDoesNotTakeIsLeftAloneWithoutAWord() throws Exception {
        makeSmallJar();
        assertSigned();
        byte[] kept = Files.readAllBytes(archives().get(0));
        for (int i = 0; i < 4_096; i++) {
            kept[i] ^= 0x55;
        }
        for (byte[] wrong : List.of(kept, "no archive".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            Path archive = archives().get(0);
            Files.delete(archive);
            Files.write(archive, wrong);
            assertSigned();
        }
    }

    @Test
    void aJvmThatKeepsNoneIsAskedOnceOnly() throws Exception {
        makeSmallJar();
        makeJava("case \"$*\" in *ArchiveClassesAtExit*) exit 1 ;; esac\nexec '" + Shell.java() + "' \"$@\"");
        assertSigned();
        assertThat(archives())
                .singleElement()
                .satisfies(archive -> assertThat(archive).isEmptyFile());
        FileTime tried = Files.getLastModifiedTime(archives().get(0));
        assertSigned();
        assertThat(Files.getLastModifiedTime(archives().get(0))).isEqualTo(tried);
    }

    @Test
    void aFolderThatCannotBeWrittenKeepsNoneWithoutAWord() throws Exception {
        makeSmallJar();
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeThat(Files.isWritable(target)).as("may write everywhere").isFalse();
            assertSigned();
            assertThat(archives()).isEmpty();
        } finally {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void firstRunsAtOnceDoNotDisturbEachOther() throws Exception {
        makeSmallJar();
        Said both = Shell.run(directory, variables, "(%1$s) & (%1$s); wait".formatted(SIGN));
        assertThat(both.errors()).isEmpty();
        assertThat(both.output().lines().filter(line -> line.startsWith(SIGNED)))
                .hasSize(2);
        assertThat(archives()).as("nothing half made is left").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        predict --json                 | -XX:TieredStopAtLevel=1
        --help                         | -XX:TieredStopAtLevel=1
        compare --help                 | -XX:TieredStopAtLevel=1
        compare --interval 5s          | -XX:CompileThresholdScaling=0.1
        --debug serve                  | -XX:CompileThresholdScaling=0.1
        capacity                       | -XX:CompileThresholdScaling=0.1
        simulate                       | -XX:CompileThresholdScaling=2
        """)
    void whatOnlyCalculatesIsCompiledLightlyAndWhatMeasuresAsMuchAsThereIs(String words, String flag) throws Exception {
        makeJava("[ \"$1\" != -fullversion ] || { echo 'x version \"17.0.1\"' >&2; exit; }\necho \"$@\"");
        Files.createFile(target.resolve("pushpull.jar"));
        variables.put("PUSHPULL_JAVA_OPTS", "-Done -Dtwo");
        Said said = Shell.run(directory, variables, "project/scripts/pushpull " + words);
        assertThat(said.errors()).isEmpty();
        assertThat(said.output())
                .startsWith(flag + " ")
                .endsWith(" -Done -Dtwo -jar " + target.toRealPath() + "/pushpull.jar " + words + "\n");
        assertThat(said.output().contains(" -XX:+UseTransparentHugePages "))
                .isEqualTo(givesHugePages() && flag.equals("-XX:CompileThresholdScaling=0.1"));
    }

    /** A JVM that asks in vain says so on its standard output. */
    private static boolean givesHugePages() throws IOException {
        Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        return Files.exists(setting) && !Files.readString(setting).contains("[never]");
    }

    private void makeJava(String script) throws IOException, InterruptedException {
        Path written = Files.writeString(directory.resolve("script"), "#!/bin/sh\n" + script + "\n");
        Shell.install(written, directory.resolve("java/bin/java"));
        variables.put("JAVA_HOME", directory.resolve("java").toString());
    }

    private void assertSigned() throws IOException, InterruptedException {
        Said said = Shell.run(directory, variables, SIGN);
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(said.output()).contains(SIGNED);
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        }
    }

    /** A program that prints a signature and no more: the launcher does the same with it, and sooner. */
    private void makeSmallJar() throws IOException {
        makeJar(smallClasses, "");
    }

    @BeforeAll
    static void compileSmallProgram() throws IOException {
        Path main = Files.writeString(smallClasses.resolve("Main.java"), """
                package dev.pushpull.cli;

                class Main {
                    public static void main(String[] words) {
                        System.out.println("%s00");
                    }
                }
                """.formatted(SIGNED));
        Path archive = Files.writeString(smallClasses.resolve("ClassArchive.java"), """
                package dev.pushpull.cli;

                class ClassArchive {
                    public static void main(String[] words) {}
                }
                """);
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", smallClasses.toString(), main.toString(), archive.toString());
        assertThat(exitCode).isZero();
    }

    /** This build's program in a jar, beside the jars it needs. */
    private void makeJar() throws IOException {
        String others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        makeJar(Path.of("target/classes"), others);
    }

    private void makeJar(Path classes, String others) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.pushpull.cli.Main");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, others);
        try (OutputStream out = Files.newOutputStream(target.resolve("pushpull.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }
}
