package dev.pushpull.http;

import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.TerminalText;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Log messages of Undertow and XNIO about requests: at most one line a minute, without a stack trace, on standard
 * error, because every peer can cause as many as it likes.
 */
final class ServersLog {
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Kept so that their settings are not garbage collected. */
    private static final List<Logger> LOGGERS = List.of(
                    "io.undertow",
                    "io.undertow.request",
                    "io.undertow.request.io",
                    "io.undertow.request.error-response",
                    "org.xnio",
                    "org.xnio.listener",
                    "org.xnio.nio",
                    "org.xnio.nio.tcp.server")
            .stream()
            .map(Logger::getLogger)
            .toList();

    private final NanoClock clock;
    private final Consumer<String> told;
    private final AtomicLong nextNanos;

    /** @param told receives the lines */
    ServersLog(NanoClock clock, Consumer<String> told) {
        this.clock = clock;
        this.told = told;
        this.nextNanos = new AtomicLong(clock.nanoTime());
    }

    /** Filters the messages of all servers in this process from now on. */
    static void keepShort() {
        Filter filter = OfThisProcess.LOG::leavesToHandlers;
        LOGGERS.forEach(logger -> logger.setFilter(filter));
    }

    private static final class OfThisProcess {
        private static final ServersLog LOG = new ServersLog(NanoClock.SYSTEM, line -> System.err.println(line));
    }

    /** Whether the message should be dropped; others are reported here. */
    boolean leavesToHandlers(LogRecord record) {
        if (record.getLevel().intValue() < Level.WARNING.intValue()) {
            return true;
        }
        long now = clock.nanoTime();
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + EVERY_NANOS)) {
            told.accept(line(record));
        }
        return false;
    }

    private static String line(LogRecord record) {
        String cause = record.getThrown() == null ? "" : ": " + record.getThrown();
        return TerminalText.value(("server: " + record.getMessage() + cause).replaceAll("\\s+", " "));
    }
}
