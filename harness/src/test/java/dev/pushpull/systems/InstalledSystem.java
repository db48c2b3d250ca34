package dev.pushpull.systems;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds what is installed; where something is missing, the test is skipped with a line that says how to get it. */
final class InstalledSystem {
    private static final Path FOLDER =
            Path.of(Optional.ofNullable(System.getenv("PUSHPULL_SYSTEMS")).orElse("../target/systems"));

    private InstalledSystem() {}

    /** A program on the path, or below the folder of {@code scripts/systems}. */
    static Path program(String name, String ofScript) {
        Stream<Path> onPath = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(Path::of);
        Optional<Path> found = Stream.concat(onPath, Stream.of(FOLDER.resolve("usr/bin")))
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
        return orSkipped(found, name, ofScript);
    }

    /** Packages of npm, completely installed. */
    static Path packages(String ofScript) {
        Path folder = FOLDER.resolve(ofScript);
        return orSkipped(
                Optional.of(folder).filter(at -> Files.exists(at.resolve("complete"))), "its packages", ofScript);
    }

    /** A file that a system needs at this very place. */
    static void needs(Path file, String ofScript) {
        orSkipped(Optional.of(file).filter(Files::exists), file.toString(), ofScript);
    }

    private static Path orSkipped(Optional<Path> found, String what, String ofScript) {
        Assumptions.assumeTrue(found.isPresent(), what + " is not installed (scripts/systems " + ofScript + ")");
        return found.orElseThrow().toAbsolutePath().normalize();
    }

    /** A port that was free just now: these systems must be told theirs, and where to push. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
