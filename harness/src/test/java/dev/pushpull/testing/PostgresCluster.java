package dev.pushpull.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of its own on a free loopback port, deleted when closed. */
public final class PostgresCluster implements AutoCloseable {
    private static final Path HOME = Path.of("/usr/lib/postgresql");
    private static final long GENEROUS_SECONDS = 60;

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresCluster(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one; the test is skipped where PostgreSQL is not installed. */
    public static PostgresCluster started(Path directory) throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        Assumptions.assumeTrue(programs.isPresent(), "no PostgreSQL is installed (Debian: apt-get install postgresql)");
        // its owner must not be root, who cannot hand over a folder of his own
        Path folder = Files.createTempDirectory("pushpull-postgresql");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostgresCluster cluster = new PostgresCluster(programs.get(), folder, port);
        try {
            if (isRoot()) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            cluster.asOwner("initdb", "-D", cluster.data(), "-A", "trust", "-U", "test", "--no-sync");
            cluster.asOwner(
                    "pg_ctl",
                    "-D",
                    cluster.data(),
                    "-w",
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=",
                    "start");
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(HOME)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(HOME)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void asOwner(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("pushpull", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(said));
            }
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** The address for JDBC and for {@code --inbox}. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=test";
    }

    @Override
    public void close() {
        try {
            if (Files.exists(folder.resolve("data").resolve("postmaster.pid"))) {
                asOwner("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("a PostgreSQL is left behind in " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
