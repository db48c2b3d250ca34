package dev.pushpull.systems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process whose output goes to a file; it and what it started are killed when it is closed. */
final class SystemProcess implements AutoCloseable {
    /** Starting takes a server of many packages a minute where several builds share two cores. */
    private static final long GENEROUS_SECONDS = 180;

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;
    private final Path said;

    private SystemProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    static SystemProcess start(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path said = Files.createTempFile(directory, "said", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        return new SystemProcess(builder.start(), said);
    }

    String said() {
        try {
            return Files.readString(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready; what it said is in the error when it ends before, or is never ready. */
    void await(String what, BooleanSupplier ready) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
        while (process.isAlive() && !ready.getAsBoolean() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        if (!ready.getAsBoolean()) {
            throw new AssertionError("this did not come true: " + what + "; it said: " + said());
        }
    }

    /** As Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for its end by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it said: " + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
