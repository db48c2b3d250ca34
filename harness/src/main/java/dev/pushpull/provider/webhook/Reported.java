package dev.pushpull.provider.webhook;

/** Work of a listener or the outbox. What it throws is its own: the delivery and the line go on without it. */
final class Reported {
    private Reported() {}

    /** Does the work; what it throws goes to the handler of this thread. */
    static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
