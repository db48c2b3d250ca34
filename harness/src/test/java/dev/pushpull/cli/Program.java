package dev.pushpull.cli;

import dev.pushpull.testing.SharedClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program in a process of its own, as a person would start it; killed when closed. */
final class Program implements AutoCloseable {
    private static final long GENEROUS_SECONDS = 120;

    private final Process process;
    private final Path output;
    private final Path errors;

    private Program(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts it in a directory; its output goes to files there. */
    static Program start(Path directory, String... arguments) throws IOException {
        return start(directory, Map.of(), arguments);
    }

    /** The same with more environment variables. */
    static Program start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of(), directory, environment, arguments);
    }

    /** The same where Ctrl-C is heard, even if those who started the tests ignore it, as in a background job. */
    static Program startInterruptible(Path directory, String... arguments) throws IOException {
        return start(List.of("env", "--default-signal=INT"), directory, Map.of(), arguments);
    }

    /** The same with a limit on its open files and sockets. */
    static Program startWithFiles(int most, Path directory, String... arguments) throws IOException {
        List<String> bounded = List.of("bash", "-c", "ulimit -n " + most + " && exec \"$@\"", "bash");
        return start(bounded, directory, Map.of(), arguments);
    }

    private static Program start(List<String> by, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // it lives for seconds, beside other tests
                "-XX:+UseSerialGC",
                "-Dpushpull.longestWarmUpMillis=100", // no test of a whole program is about its warm-up
                "-Dpushpull.agreementReplicates=5")); // nor about its verdicts
        command.addAll(SharedClasses.program());
        command.add("dev.pushpull.cli.Main");
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("pushpull", ".out");
        Path errors = Files.createTempFile("pushpull", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Program(process, output, errors);
    }

    /** Sends a signal, named as for {@code kill}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (!kill.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the program does not end; it said: " + errors());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has a thread with this start of a name (15 characters at most), as the kernel sees it. */
    boolean hasThread(String prefix) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path task : tasks.toList()) {
                Path name = task.resolve("comm");
                if (Files.exists(name) && Files.readString(name).startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // a thread or the whole process has ended meanwhile
        }
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    String errors() throws IOException {
        return Files.readString(errors, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
    }
}
