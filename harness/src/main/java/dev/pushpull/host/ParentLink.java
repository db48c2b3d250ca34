package dev.pushpull.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A child's end of the link to its parent. Once it is open, standard output belongs to the parent. The process ends,
 * whatever it is doing, when standard input ends: a child does not outlive a parent that was killed. A parent that asks
 * for signs of life gives a lease with each: a child that has had one and hears nothing for {@link #LEASE_NANOS} ends,
 * because a parent that cannot be heard could not stop its load either.
 */
public final class ParentLink {
    /** A line that begins so asks for a sign of life, which is given at once, whatever else the child does. */
    public static final String BEAT = "~";

    /** How long a child goes on that hears nothing. */
    public static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The first word of a child that was started by a launcher, which has this property. */
    public static final String READY = "pushpull-ready";

    private static final String LAUNCHED_PROPERTY = "pushpull.part";
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final int EXIT_UNHEARD = 3;

    /**
     * The server libraries log a greeting; only their problems are of interest. Kept in a field so that the level is
     * not garbage collected.
     */
    private static final Logger LIBRARIES = Logger.getLogger("");

    private final BlockingQueue<String> fromParent = new LinkedBlockingQueue<>();
    private final PrintStream toParent;
    private volatile LongSupplier state = () -> 0;
    private volatile long heardNanos;

    private ParentLink(PrintStream toParent) {
        this.toParent = toParent;
    }

    /** Takes over standard input and output; once a process. */
    public static ParentLink open() {
        Locale.setDefault(Locale.ROOT); // the same as in the parent
        LIBRARIES.setLevel(Level.WARNING);
        ParentLink link = new ParentLink(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.setOut(System.err);
        start(link::listen, "lines of the parent");
        if (System.getProperty(LAUNCHED_PROPERTY) != null) {
            link.send(READY + " for lines");
        }
        return link;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(this::heard);
        } catch (IOException | java.io.UncheckedIOException e) {
            // treated as its end
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void heard(String line) {
        if (!line.startsWith(BEAT)) {
            fromParent.add(line);
            return;
        }
        long nowNanos = System.nanoTime();
        boolean first = heardNanos == 0;
        heardNanos = nowNanos;
        send(line + " " + nowNanos + " " + state.getAsLong());
        if (first) {
            start(this::keepLease, "lease");
        }
    }

    private void keepLease() {
        try {
            while (System.nanoTime() - heardNanos < LEASE_NANOS) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            // it ends at once then
        }
        Runtime.getRuntime().halt(EXIT_UNHEARD); // with all its connections
    }

    /** What to tell with each sign of life. */
    public void tells(LongSupplier number) {
        state = number;
    }

    /** Whether the parent asks for signs of life. */
    public boolean isLeased() {
        return heardNanos != 0;
    }

    /** Sends the parent a line. */
    public void send(String line) {
        toParent.println(line);
    }

    /** Waits for the parent's next line. */
    public String receive() throws InterruptedException {
        return fromParent.take();
    }
}
