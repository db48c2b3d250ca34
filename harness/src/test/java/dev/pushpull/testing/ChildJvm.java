package dev.pushpull.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A test program in a JVM of its own, which prints a line when it is ready; killed when closed. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final String ready;

    /** Starts it and waits for its first line. */
    public ChildJvm(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1", // it lives for less than a second
                "-XX:+UseSerialGC",
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", "")));
        command.addAll(SharedClasses.flags());
        command.add(program.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader();
        ready = lines.readLine();
        if (ready == null) {
            close();
            throw new IOException(program.getSimpleName() + " ended before it was ready");
        }
    }

    /** The line it printed when it was ready. */
    public String ready() {
        return ready;
    }

    /** {@code kill -9}: no hook runs, nothing is flushed. */
    public void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
