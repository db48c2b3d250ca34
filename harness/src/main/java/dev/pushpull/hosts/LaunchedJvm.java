package dev.pushpull.hosts;

import dev.pushpull.host.ChildJvm;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.host.PartLink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A part of this program on another host. It is asked for a sign of life all the time ({@link Heartbeats}); one that
 * gives none, or has ended, is lost, and stays so.
 */
public final class LaunchedJvm implements PartLink {
    /** Placing, queueing and starting take their time; copying the program to a host far away takes more. */
    private static final long START_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long END_MILLIS = 3_000;

    /** How a JVM that crashes begins each of its last words, on standard output; no answer begins so. */
    private static final String CRASHED = "#";

    /** Flags of this JVM that another host can have: those with files, and those of this Java, stay here. */
    private static final List<String> HANDED_ON = List.of("-Dpushpull.", "-Xmx", "-Xms", "-Xss");

    private final HostPart part;
    private final List<String> ownFlags;
    private final RemoteShell shell;
    private final Heartbeats beats = new Heartbeats(NanoClock.SYSTEM);
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    /** Found in the list of the host's processes, should one have to be ended by its number. */
    private final String token = UUID.randomUUID().toString();

    private volatile String lost = "";
    private volatile boolean closing;
    private volatile long pidThere;

    /**
     * Starts it.
     *
     * @param program has a main method that opens a {@link ParentLink}
     * @throws HostLostException when it cannot be started, with the launcher's own words
     */
    public LaunchedJvm(HostPart part, Class<?> program) throws IOException {
        this(part, program, List.of());
    }

    /** @param ownFlags flags of its JVM besides those of this one */
    public LaunchedJvm(HostPart part, Class<?> program, List<String> ownFlags) throws IOException {
        this.part = part;
        this.ownFlags = ownFlags;
        this.shell = new RemoteShell(part);
        Thread hurry = daemon(this::endLateStart, "start of the " + part.name());
        try {
            String words = ProgramThere.words(shell, part);
            shell.send("echo \"pushpull-pid $$\"");
            pidThere = Long.parseLong(shell.answer("pushpull-pid"));
            shell.send(
                    "exec " + java() + " " + words + " " + program.getName() + " " + RemoteShell.quoted(part.name()));
            shell.answer(ParentLink.READY); // not earlier: the shell may read ahead of what it executes
        } catch (HostLostException e) {
            shell.kill();
            throw e;
        } catch (IOException | RuntimeException e) {
            HostLostException failure = shell.failure();
            shell.kill();
            throw failure;
        } finally {
            hurry.interrupt();
        }
        shell.passOn();
        daemon(this::listen, "lines of the " + part.name());
    }

    private String java() {
        List<String> words = new ArrayList<>(List.of(RemoteShell.quoted(command())));
        ChildJvm.WARNINGS_ASIDE.forEach(flag -> words.add(RemoteShell.quoted(flag)));
        ChildJvm.flags(ManagementFactory.getRuntimeMXBean().getInputArguments()).stream()
                .filter(flag -> part.isLocal() || HANDED_ON.stream().anyMatch(flag::startsWith))
                .forEach(flag -> words.add(RemoteShell.quoted(flag)));
        ownFlags.forEach(flag -> words.add(RemoteShell.quoted(flag)));
        words.add("-Dpushpull.part=" + token);
        return String.join(" ", words);
    }

    private String command() {
        return part.isLocal() && part.java().equals("java")
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : part.java();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void endLateStart() {
        try {
            TimeUnit.MILLISECONDS.sleep(START_MILLIS);
            shell.kill();
        } catch (InterruptedException e) {
            // it has started
        }
    }

    /** From now on it must give signs of life, and has a lease. */
    public void expectBeats() {
        beats.begin();
        daemon(this::beat, "heartbeats of the " + part.name());
        daemon(this::watch, "watch over the " + part.name());
    }

    private void beat() {
        try {
            while (lost.isEmpty() && !closing) {
                shell.send(beats.ask());
                TimeUnit.NANOSECONDS.sleep(Heartbeats.EVERY_NANOS);
            }
        } catch (IOException | InterruptedException e) {
            // it has ended, which whoever listens finds out
        }
    }

    /** Twice in a row: after this process was stopped for a while, the answers may only have to be read. */
    private void watch() {
        int looks = 0;
        try {
            while (lost.isEmpty() && !closing) {
                looks = beats.lost().isPresent() ? looks + 1 : 0;
                if (looks > 1) {
                    lose(beats.lost().orElse("said nothing for a while"));
                    shell.kill();
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            // nobody waits for it any more
        }
    }

    private void listen() {
        try {
            for (Optional<String> line = shell.line(); line.isPresent(); line = shell.line()) {
                if (line.get().startsWith(ParentLink.BEAT)) {
                    beats.heard(line.get());
                } else if (line.get().startsWith(CRASHED)) {
                    shell.said(line.get());
                } else {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // treated as its end
        } finally {
            if (!closing) {
                lose("ended before its time (" + shell.lastWords() + ")");
            }
            lines.add(Optional.empty());
        }
    }

    private synchronized void lose(String how) {
        if (lost.isEmpty()) {
            lost = "the %s %s".formatted(part.name(), how);
        }
        lines.add(Optional.empty());
    }

    /** What it was started as. */
    public HostPart part() {
        return part;
    }

    /** For how long it has heard nothing of its provider; 0 where it need not. */
    public long unheardProviderNanos() {
        return beats.unheardProviderNanos();
    }

    @Override
    public Optional<String> lost() {
        return lost.isEmpty() ? Optional.empty() : Optional.of(lost);
    }

    @Override
    public long thereNanos(long hereNanos) {
        return beats.thereNanos(hereNanos);
    }

    @Override
    public long pid() {
        return shell.process().pid();
    }

    @Override
    public void send(String line) throws IOException {
        try {
            shell.send(line);
        } catch (IOException e) {
            throw gone();
        }
    }

    @Override
    public String receive(Duration atMost) throws IOException, InterruptedException {
        Optional<String> line = lines.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new HostLostException("the %s said nothing for %d s".formatted(part.name(), atMost.toSeconds()));
        }
        if (line.isEmpty()) {
            lines.add(line); // later readers get the same answer
            throw gone();
        }
        return line.get();
    }

    private IOException gone() {
        if (lost.isEmpty()) {
            lose("ended before its time (" + shell.lastWords() + ")");
        }
        return new HostLostException(lost);
    }

    /** It ends when it reads the end of its input; if it does not, it is ended there by its number. */
    @Override
    public void close() {
        boolean wasThere = lost.isEmpty();
        closing = true;
        shell.end(END_MILLIS);
        if (!part.isLocal() && (!wasThere || shell.process().exitValue() != 0)) {
            endThere();
        }
    }

    private void endThere() {
        try {
            RemoteShell other = new RemoteShell(part);
            other.send(
                    "if tr '\\0' ' ' < /proc/%d/cmdline 2>/dev/null | grep -q -e '-Dpushpull.part=%s'; then kill -9 %d; fi"
                            .formatted(pidThere, token, pidThere));
            other.end(END_MILLIS);
        } catch (IOException e) {
            // the host cannot be reached: its lease ends it
        }
    }
}
