package dev.pushpull.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A {@link ChildJvm}'s end of the link to its parent. Once it is open, standard output belongs to the parent. The
 * process ends, whatever it is doing, when standard input ends: a child does not outlive a parent that was killed.
 */
public final class ParentLink {
    /**
     * The server libraries log a greeting; only their problems are of interest. Kept in a field so that the level is
     * not garbage collected.
     */
    private static final Logger LIBRARIES = Logger.getLogger("");

    private final BlockingQueue<String> fromParent = new LinkedBlockingQueue<>();
    private final PrintStream toParent;

    private ParentLink(PrintStream toParent) {
        this.toParent = toParent;
    }

    /** Takes over standard input and output; once a process. */
    public static ParentLink open() {
        Locale.setDefault(Locale.ROOT); // the same as in the parent
        LIBRARIES.setLevel(Level.WARNING);
        ParentLink link = new ParentLink(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.setOut(System.err);
        Thread listener = new Thread(link::listen, "lines of the parent");
        listener.setDaemon(true);
        listener.start();
        return link;
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(fromParent::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // treated as its end
        } finally {
            Runtime.getRuntime().halt(0);
        }
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
