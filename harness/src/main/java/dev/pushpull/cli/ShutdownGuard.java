package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (and a polite kill) into an {@link Interruption} and keeps the program alive until what was measured is
 * written; then the program ends with exit code 130.
 */
final class ShutdownGuard {
    private static final long LONGEST_FAREWELL_SECONDS = 30;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    ShutdownGuard(Interruption interruption) {
        hook = new Thread(() -> endGracefully(interruption), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void endGracefully(Interruption interruption) {
        interruption.request();
        try {
            written.await(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    /** All is written; a shutdown that waits for it goes on. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            written.countDown(); // the shutdown is under way and waits for this
        }
    }
}
