package dev.pushpull.host;

import dev.pushpull.scenario.Failures;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A part of this program in a JVM of its own, with this JVM's flags. Parent and child exchange lines over the child's
 * standard input and output; what the child prints for people goes to the parent's standard error. The child ignores
 * Ctrl-C, since its parent must end it. Through its {@link ParentLink} it ends with its parent, however that ends.
 */
public final class ChildJvm implements PartLink {
    /** A shell that ignores interrupts passes this on to the program that replaces it. */
    public static final List<String> WITHOUT_INTERRUPTS = List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");

    /** The virtual machine's own warnings go to standard error: standard output carries lines for the parent. */
    public static final List<String> WARNINGS_ASIDE =
            List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr");

    /** Flags that write files or open ports, which cannot be shared. */
    private static final List<String> NOT_HANDED_ON = List.of(
            "-Xlog",
            "-Xrun",
            "-Xdebug",
            "-XX:StartFlightRecording",
            "-XX:FlightRecorderOptions",
            "-Dcom.sun.management");

    private static final String PROGRAM_PROPERTY = "pushpull.childProgram";

    private final String name;
    private final Process process;
    private final BufferedWriter toChild;
    /** Empty when the child has sent its last line. */
    private final BlockingQueue<Optional<String>> fromChild = new LinkedBlockingQueue<>();

    /**
     * Starts the child.
     *
     * @param program has a main method that opens a {@link ParentLink}
     */
    public ChildJvm(Class<?> program, String... arguments) throws IOException {
        this(List.of(), program, arguments);
    }

    /**
     * Starts it.
     *
     * @param ownFlags flags of its JVM that this one does not have, or that go before this one's
     */
    public ChildJvm(List<String> ownFlags, Class<?> program, String... arguments) throws IOException {
        name = Failures.words(program.getSimpleName());
        List<String> command = new ArrayList<>(WITHOUT_INTERRUPTS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(WARNINGS_ASIDE);
        command.addAll(flags(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(ownFlags);
        command.addAll(thisProgram());
        command.add(program.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        toChild = process.outputWriter(StandardCharsets.UTF_8);
        Thread listener = new Thread(this::listen, "lines of " + program.getSimpleName() + ":" + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * The words that make another JVM here find this program: this one's class path. Tests run from folders, from which
     * classes are slow to read; they name the packed program and an archive of its classes, a word a line.
     */
    public static List<String> thisProgram() {
        String words = System.getProperty(PROGRAM_PROPERTY, "-cp\n" + System.getProperty("java.class.path"));
        return words.lines().toList();
    }

    /** The flags of this JVM that a child, or a JVM on another host, should also have. */
    public static List<String> flags(List<String> ofThisJvm) {
        return ofThisJvm.stream()
                .filter(flag -> flag.startsWith("-X") || flag.startsWith("-D") || flag.startsWith("--"))
                .filter(flag -> NOT_HANDED_ON.stream().noneMatch(flag::startsWith))
                .toList();
    }

    private void listen() {
        try {
            process.inputReader(StandardCharsets.UTF_8)
                    .lines()
                    .map(Optional::of)
                    .forEach(fromChild::add);
        } catch (java.io.UncheckedIOException e) {
            // closed while it was being read
        } finally {
            fromChild.add(Optional.empty());
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void send(String line) throws IOException {
        try {
            toChild.write(line);
            toChild.newLine();
            toChild.flush();
        } catch (IOException e) {
            throw new IOException("the process of " + name + " ended before its time", e);
        }
    }

    @Override
    public String receive(Duration atMost) throws IOException, InterruptedException {
        Optional<String> line = fromChild.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new IOException("the process of %s said nothing for %d s".formatted(name, atMost.toSeconds()));
        }
        if (line.isEmpty()) {
            fromChild.add(line); // later readers get the same answer
            throw new IOException("the process of " + name + " ended before its time");
        }
        return line.get();
    }

    /** {@code kill -9}, then waits until the process is gone. */
    @Override
    public void close() {
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
}
