package dev.pushpull.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The class path for JVMs that tests start. Reading and verifying classes is a third of their CPU; so where this build
 * has packed its jar they take that jar, and its classes from an archive, as those of the launcher do.
 */
public final class SharedClasses {
    /**
     * While a class with this is tested, the JVMs that the program starts by itself take them, too. Those that a launcher
     * starts would not have this JVM's compiler and collector otherwise.
     */
    public static final class ForTheProgram implements BeforeAllCallback, AfterAllCallback {
        private static final String PROPERTY = "pushpull.childProgram";

        @Override
        public void beforeAll(ExtensionContext context) {
            Stream<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag -> flag.matches("-XX:(TieredStopAtLevel=.*|[+]Use.*GC)"));
            System.setProperty(PROPERTY, Stream.concat(own, PROGRAM.stream()).collect(Collectors.joining("\n")));
        }

        @Override
        public void afterAll(ExtensionContext context) {
            System.clearProperty(PROPERTY);
        }
    }

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAR = TARGET.resolve("pushpull.jar");
    private static final Path ARCHIVE = TARGET.resolve("tests.jsa");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** As in the jar's manifest, which counts only with -jar; newer JVMs would warn that SQLite has native code. */
    private static final String NATIVE_CODE = "--enable-native-access=ALL-UNNAMED";

    private static final long GENEROUS_SECONDS = 120;

    /** Loads most of what any command needs. */
    private static final List<String> COMMAND =
            List.of("compare", "--consumers=1", "--interval=100ms", "--duration=300ms");

    private static final String OWN = System.getProperty("java.class.path");
    private static final List<String> FLAGS = make(OWN);

    /** A search for services opens every jar. */
    private static final List<String> PROGRAM =
            make(TARGET.resolve("test-classes").toString());

    private SharedClasses() {}

    /** The class path of this JVM, as words for the command line of another, perhaps with the archive. */
    public static List<String> flags() {
        return FLAGS;
    }

    /** The same for the program alone, with the tests' own classes, but without their libraries. */
    public static List<String> program() {
        return PROGRAM;
    }

    private static List<String> make(String besidesTheJar) {
        try {
            if (!isPacked() || !isArchived()) {
                return List.of(NATIVE_CODE, "-cp", OWN);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                NATIVE_CODE,
                "-XX:SharedArchiveFile=" + ARCHIVE,
                "-Xlog:disable", // a launcher may start another Java, which has no use for the archive
                "-cp",
                JAR + File.pathSeparator + besidesTheJar);
    }

    /** Not where a single test runs after a change: the jar is of an earlier build. */
    private static boolean isPacked() throws IOException {
        if (!Files.exists(JAR)) {
            return false;
        }
        FileTime packed = Files.getLastModifiedTime(JAR);
        try (Stream<Path> files = Files.walk(TARGET.resolve("classes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(packed) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The first JVM of the tests makes it, and the others wait for it. */
    private static boolean isArchived() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        TARGET.resolve("tests.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!isNewerThanTheJar()) {
                archive();
            }
            return lock.isValid() && isNewerThanTheJar();
        }
    }

    private static boolean isNewerThanTheJar() throws IOException {
        return Files.exists(ARCHIVE)
                && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) >= 0;
    }

    private static void archive() throws IOException {
        Path folder = Files.createTempDirectory(TARGET, "archiving");
        Path made = folder.resolve("made.jsa");
        try {
            Process java = new ProcessBuilder(Stream.of(
                                    List.of(JAVA, "-XX:ArchiveClassesAtExit=" + made),
                                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                                    List.of("-Dpushpull.longestWarmUpMillis=300", "-Dpushpull.agreementReplicates=20"),
                                    List.of("-cp", JAR.toString(), "dev.pushpull.cli.Main"),
                                    COMMAND,
                                    List.of("--out", folder.resolve("results").toString()))
                            .flatMap(List::stream)
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
            try {
                if (java.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS) && Files.exists(made)) {
                    Files.move(made, ARCHIVE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                java.destroyForcibly();
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
