package dev.pushpull.provider.webhook;

/** Work of a listener or the outbox. Its exceptions must not stop the delivery or the queue. */
final class Reported {
    private Reported() {}

    /** Does the work; an exception goes to this thread's handler. */
    static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
