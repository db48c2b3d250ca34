package dev.pushpull.hosts;

import dev.pushpull.host.ChildJvm;
import dev.pushpull.scenario.Failures;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A shell on another host, reached by its launcher. Commands go over its standard input, never as arguments: a launcher
 * such as ssh would have a second shell read those.
 */
final class RemoteShell {
    private static final List<String> SHELL = List.of("sh", "-s");

    /** What it says to people: the last of it tells why it failed. */
    private static final int REMEMBERED = 5;

    private static final long LAST_WORDS_MILLIS = 500;

    private final HostPart part;
    private final Process process;
    private final InputStream from;
    private final OutputStream to;
    private final Deque<String> words = new ArrayDeque<>();
    private final Thread listener;
    private volatile boolean passesOn;

    /** @throws HostLostException when there is no such command here */
    RemoteShell(HostPart part) throws HostLostException {
        this.part = part;
        List<String> command = new ArrayList<>(ChildJvm.WITHOUT_INTERRUPTS);
        command.addAll(part.launcher());
        command.addAll(SHELL);
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new HostLostException("%s cannot be started: %s".formatted(part.name(), Failures.sentence(e)));
        }
        from = new BufferedInputStream(process.getInputStream());
        to = process.getOutputStream();
        listener = new Thread(this::listen, "words of the " + part.name());
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try {
            process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::said);
        } catch (java.io.UncheckedIOException e) {
            // closed while it was being read
        }
    }

    /** Something for people. */
    void said(String line) {
        synchronized (words) {
            words.addLast(line.strip());
            if (words.size() > REMEMBERED) {
                words.removeFirst();
            }
        }
        if (passesOn) {
            System.err.println(part.name() + ": " + line);
        }
    }

    /** From now on what it says to people is shown to those here. */
    void passOn() {
        passesOn = true;
    }

    Process process() {
        return process;
    }

    /** Writes a line. */
    synchronized void send(String line) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    /** Writes the bytes of a file. */
    synchronized void send(Path file) throws IOException {
        Files.copy(file, to);
        to.flush();
    }

    /** Its next line; empty when there will be none. */
    Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = from.read(); next != '\n'; next = from.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /** Reads on until a line that begins with this word, and returns the rest of it. */
    String answer(String word) throws IOException {
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            if (line.get().startsWith(word + " ")) {
                return line.get().substring(word.length() + 1).strip();
            }
        }
        throw failure();
    }

    /** Why it could not be used, in its own words. */
    HostLostException failure() {
        return new HostLostException(
                "%s cannot be started by '%s': %s".formatted(part.name(), launcher(), lastWords()));
    }

    private String launcher() {
        return part.isLocal() ? "sh" : String.join(" ", part.launcher());
    }

    /** What it said last to people. */
    String lastWords() {
        try {
            listener.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (words) {
            return words.isEmpty() ? "it ended without a word" + exit() : String.join("; ", words);
        }
    }

    private String exit() {
        return process.isAlive() ? "" : ", exit code " + process.exitValue();
    }

    /** Lets it end by itself when it reads the end of its input, which it does unless it hangs. */
    void end(long mostMillis) {
        try {
            to.close();
        } catch (IOException e) {
            // gone already
        }
        if (waited(mostMillis)) {
            return;
        }
        process.destroy(); // a launcher may pass it on
        if (!waited(mostMillis)) {
            kill();
        }
    }

    /** {@code kill -9} of what was started here. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        waited(TimeUnit.SECONDS.toMillis(10));
    }

    boolean waited(long mostMillis) {
        boolean interrupted = Thread.interrupted();
        try {
            return process.waitFor(mostMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return !process.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A word for a shell, whatever is in it. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
