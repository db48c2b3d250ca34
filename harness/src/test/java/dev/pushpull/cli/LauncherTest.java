package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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

/** {@code scripts/pushpull} in a project of its own, whose jar is this build's program, or whose Maven is a fake. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the system's encodings, and folders that nobody can write")
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../scripts/pushpull");

    @TempDir
    private Path directory;

    private Path project;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void makeProject() throws IOException, InterruptedException {
        project = Files.createDirectories(directory.resolve("project"));
        Files.createDirectories(project.resolve("harness/src/main"));
        Shell.install(LAUNCHER, project.resolve("scripts/pushpull"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("harness/pom.xml"));
        variables.put("JAVA_HOME", javaThatKeepsNoClasses().toString());
        variables.put("PUSHPULL_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=1");
    }

    @AfterEach
    void removeLinks() throws IOException {
        for (String link : new String[] {"harness/target", "harness"}) {
            if (Files.isSymbolicLink(project.resolve(link))) {
                Files.delete(project.resolve(link));
            }
        }
    }

    @Test
    void aNameThatIsNotAsciiIsWrittenAsItWasTypedInTheCLocaleToo() throws Exception {
        assumeThat(Shell.run(directory, Map.of(), "locale -a").output()).containsPattern("(?i)utf-?8");
        makeJar();
        variables.put("LC_ALL", "C");
        Said said = Shell.run(
                directory,
                variables,
                "name=$(printf 'gr\\303\\274\\303\\237e'); mkdir \"$name\"; cd \"$name\" && ../project/scripts/pushpull"
                        + " predict --rate 1/s --interval 1s --out \"$name\"; ls \"$name\" >&2; ls .. >&2");
        assertThat(said.errors()).contains("report.html").doesNotContain("?");
        assertThat(said.output())
                .as("what the terminal is shown")
                .isNotEmpty()
                .containsPattern("\\A\\p{ASCII}+\\s+Report: ");
    }

    @ParameterizedTest
    @CsvSource({"<&-, 2, --payload: '-'", ">&-, 1, standard output cannot be written: it is closed"})
    void aClosedStreamIsSaidByWhoeverNeedsIt(String closed, int exitCode, String told) throws Exception {
        makeJar();
        Said said = Shell.run(
                directory,
                variables,
                "echo '{}' | { project/scripts/pushpull sign --scheme github --secret x --payload - %s; }"
                        .formatted(closed));
        assertThat(said.errors()).contains(told, "it is closed").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(exitCode);
        assertThat(said.output()).isEmpty();
    }

    /** Whoever runs the tests, nobody can make a folder in /proc. */
    @Test
    void aProjectThatCannotBeWrittenIsNotWaitedFor() throws Exception {
        Files.delete(project.resolve("harness/pom.xml"));
        Files.delete(project.resolve("harness/src/main"));
        Files.delete(project.resolve("harness/src"));
        Files.delete(project.resolve("harness"));
        Files.createSymbolicLink(project.resolve("harness"), Path.of("/proc/self"));
        assertFails("the program has to be built, and " + project.toRealPath() + "/harness cannot be written (");
    }

    @Test
    void aTargetThatCannotBeWrittenIsNamed() throws Exception {
        Files.createSymbolicLink(project.resolve("harness/target"), Path.of("/proc/self"));
        assertFails("the program has to be built, and " + project.toRealPath() + "/harness/target cannot be written (");
        assertThat(project.resolve("harness/.build-lock")).doesNotExist();
    }

    @Test
    void anAbandonedBuildThatCannotBeClearedAwayIsNotWaitedForInVain() throws Exception {
        Path lock = Files.createDirectory(project.resolve("harness/.build-lock"));
        Files.createFile(lock.resolve("so-that-nobody-can-remove-it"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(1_200)));
        Said said = Shell.run(project, variables, "timeout 20 scripts/pushpull --version");
        assertThat(said.errors()).contains("a build that was broken off left", "cannot be taken away");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    @Test
    void anotherBuildIsWaitedForAloud() throws Exception {
        Path lock = Files.createDirectory(project.resolve("harness/.build-lock"));
        pretendMaven("mkdir -p harness/target && touch harness/target/pushpull.jar");
        variables.put(
                "JAVA_HOME",
                fakeJava("echo 'openjdk full version \"17.0.1+1\"' >&2").toString());
        Said said = Shell.run(project, variables, "scripts/pushpull --version", running -> {
            eventually("it says that it waits", () -> running.errors().contains("waiting for another build"));
            try {
                Files.delete(lock);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(said.errors()).contains("holds " + project.toRealPath() + "/harness/.build-lock", "building");
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void aBuildLeavesNoEscapesOnTheTerminalAndSaysWhenItFailed() throws Exception {
        variables.put(
                "JAVA_HOME",
                fakeJava("echo 'openjdk full version \"17.0.1+1\"' >&2").toString());
        pretendMaven("printf '\\033[0m\\033[1;31mno\\033[m such thing\\n'; exit 1");
        Said failed = Shell.run(project, variables, "scripts/pushpull --version");
        assertThat(failed.errors())
                .contains("no such thing", "pushpull: the build failed")
                .doesNotContain("\033");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).isEmpty();
        pretendMaven("mkdir -p harness/target && touch harness/target/pushpull.jar");
        assertThat(Shell.run(project, variables, "scripts/pushpull --version").exitCode())
                .isZero();
        try (Stream<Path> left = Files.list(project.resolve("harness"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("pom.xml", "src", "target");
        }
        assertThat(project.resolve("harness/target")).isDirectoryNotContaining("glob:**/.built");
    }

    @Test
    void theFirstBuildSaysWhatItDoesAndHowLongItTakesAndALaterOneWhyThereIsOne() throws Exception {
        String java = "[ \"$1\" != -fullversion ] || echo 'openjdk full version \"17.0.1+1\"' >&2";
        variables.put("JAVA_HOME", fakeJava(java).toString());
        pretendMaven("echo \"$@\"; mkdir -p harness/target && touch harness/target/pushpull.jar");
        assertThat(Shell.run(project, variables, "scripts/pushpull --version").errors())
                .contains("building the program with Maven, this first time only", "takes a minute or two")
                .contains("-Dmaven.test.skip=true");
        assertThat(Shell.run(project, variables, "scripts/pushpull --version").errors())
                .as("nothing to build")
                .isEmpty();
        Files.setLastModifiedTime(
                project.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(Shell.run(project, variables, "scripts/pushpull --version").errors())
                .contains("its sources have changed (about half a minute)");
    }

    @Test
    void aReleaseRunsTheJarInItsLibAndBuildsNothing() throws Exception {
        pretendMaven("echo built >&2; exit 1");
        makeJar();
        Path release = Files.createDirectories(directory.resolve("release/lib")).getParent();
        Files.move(project.resolve("harness/target/pushpull.jar"), release.resolve("lib/pushpull.jar"));
        Shell.install(LAUNCHER, release.resolve("bin/pushpull"));
        Said said = Shell.run(directory, variables, "release/bin/pushpull --version");
        assertThat(said.errors()).isEmpty();
        assertThat(said.output()).startsWith("pushpull ");
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        variables.put("JAVA_HOME", "/nowhere");
        assertFails("JAVA_HOME is '/nowhere'");
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws Exception {
        variables.put(
                "JAVA_HOME",
                fakeJava("echo 'java full version \"1.8.0_392-b08\"' >&2").toString());
        assertFails("Java 8 is too old");
        variables.put(
                "JAVA_HOME",
                fakeJava("echo 'openjdk full version \"11.0.2+9\"' >&2").toString());
        assertFails("Java 11 is too old");
    }

    /** Broken, or built for another kind of machine; then what its folder claims is useless. */
    @Test
    void aJavaThatCannotRunIsNamed() throws Exception {
        Path broken = fakeJava("");
        Files.write(broken.resolve("bin/java"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 3, 0});
        Files.writeString(broken.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        variables.put("JAVA_HOME", broken.toString());
        assertFails(broken.resolve("bin/java") + " cannot be run");
        variables.put("JAVA_HOME", fakeJava("echo hello").toString());
        assertFails("or is no Java; accepted: a JDK 17 or newer");
    }

    private void assertFails(String why) throws IOException, InterruptedException {
        Said said = Shell.run(project, variables, "scripts/pushpull --version");
        assertThat(said.errors()).startsWith("pushpull: ").contains(why).hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.output()).isEmpty();
    }

    /** A jar without classes whose manifest says where they are. */
    private void makeJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.pushpull.cli.Main");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path jar = Files.createDirectories(project.resolve("harness/target")).resolve("pushpull.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }

    /** Keeping the program's classes takes longer than all that is tested here: LauncherArchiveTest looks at that. */
    private Path javaThatKeepsNoClasses() throws IOException, InterruptedException {
        Path home = directory.resolve("hasty");
        executable(
                home.resolve("bin/java"),
                "case \"$*\" in *ArchiveClassesAtExit*) exit 1 ;; esac\nexec '" + Shell.java() + "' \"$@\"");
        return home;
    }

    private Path fakeJava(String script) throws IOException, InterruptedException {
        Path home = directory.resolve("java");
        executable(home.resolve("bin/java"), script);
        return home;
    }

    private void pretendMaven(String script) throws IOException, InterruptedException {
        executable(directory.resolve("maven/mvn"), script);
        variables.put("PATH", directory.resolve("maven") + ":" + System.getenv("PATH"));
    }

    private void executable(Path file, String script) throws IOException, InterruptedException {
        Path written = Files.writeString(directory.resolve("script"), "#!/bin/sh\n" + script + "\n");
        Shell.install(written, file);
    }
}
