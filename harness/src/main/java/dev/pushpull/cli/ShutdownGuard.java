package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (and SIGTERM) into an {@link Interruption} and keeps the program alive until everything measured is
 * written. The program then ends with exit code 130, or with 1 when something had failed as well.
 */
final class ShutdownGuard {
    private static final long LONGEST_FAREWELL_SECONDS = 30;
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static volatile boolean failed;

    private final Thread hook;

    ShutdownGuard(Interruption interruption) {
        hook = new Thread(() -> endGracefully(interruption), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void endGracefully(Interruption interruption) {
        interruption.request();
        try {
            OVER.await(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(failed ? ExitCode.FAILED : ExitCode.INTERRUPTED);
    }

    /** The program has printed everything and ends with this code; lets a waiting shutdown go on. */
    static void over(int exitCode) {
        failed = exitCode == ExitCode.FAILED;
        OVER.countDown();
    }

    /** Everything is written: from now on, a signal ends the program at once. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // a shutdown is under way and waits for this thread
        }
    }
}
