package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * A command that runs until it is stopped, in this JVM beside the test: for what is the same there as in a
 * {@link Program} of its own. It takes the standard streams over, so what was started last must be closed first.
 */
final class ProgramHere implements AutoCloseable {
    private static final long GENEROUS_SECONDS = 120;

    private final PrintStream outputBefore = System.out;
    private final PrintStream errorsBefore = System.err;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Interruptible command;

    private ProgramHere(CommandLine program, String... words) {
        command = program.getSubcommands().get(words[0]).getCommand();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        Thread thread = new Thread(() -> end.complete(program.execute(words)), words[0] + " in this JVM");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts it; its files go where they are told to, and not into a directory of its own. */
    static ProgramHere start(String... words) {
        ProgramHere program = new ProgramHere(Main.commandLine(words), words);
        eventually("it takes its errors over", () -> System.err instanceof SafeErrors || !program.isAlive());
        return program;
    }

    /** As Ctrl-C does. */
    void interrupt() {
        command.interrupt();
    }

    boolean isAlive() {
        return !end.isDone();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            return end.orTimeout(GENEROUS_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("the program does not end; it said: " + errors(), e);
        }
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        interrupt();
        try {
            exitCode();
        } finally {
            System.setOut(outputBefore);
            System.setErr(errorsBefore);
        }
    }
}
