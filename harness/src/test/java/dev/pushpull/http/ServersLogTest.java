package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ServersLogTest {
    private final AtomicLong nowNanos = new AtomicLong(-5);
    private final List<String> lines = new ArrayList<>();
    private final ServersLog log = new ServersLog(nowNanos::get, lines::add);

    private static LogRecord trouble() {
        LogRecord record = new LogRecord(Level.SEVERE, "request failed\nPOST /x");
        record.setThrown(new NumberFormatException("For input string: \"" + "9".repeat(1000) + "\""));
        return record;
    }

    @Test
    void oneLineAMinuteIsToldHoweverOftenAPeerMakesTrouble() {
        for (int second = 0; second < 150; second++) {
            assertThat(log.leavesToHandlers(trouble())).isFalse();
            nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }

        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("server: request failed POST /x: java.lang.NumberFormatException")
                        .hasSizeLessThan(400)
                        .doesNotContain("\n"));
    }

    @Test
    void whatIsNoTroubleIsLeftToWhoeverWantsIt() {
        assertThat(log.leavesToHandlers(new LogRecord(Level.INFO, "hello"))).isTrue();
        assertThat(lines).isEmpty();
    }
}
