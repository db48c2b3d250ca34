package dev.pushpull.delivery.longpoll;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.List;

/** The flags of long polling. */
final class LongPollingOptions {
    /** Providers cut longer waits short, as vendors do. */
    private static final long MOST_NANOS = 60_000_000_000L;

    static final ModeOption<Long> WAIT = new ModeOption<>(
            "--wait",
            "DURATION",
            "Longest time the provider holds a request, in whole seconds up to 60s (default: 30s).",
            LongPollingOptions::wholeSeconds,
            scenario -> 30_000_000_000L);

    static final List<ModeOption<?>> ALL = List.of(WAIT);

    private LongPollingOptions() {}

    /** {@code Prefer: wait} knows whole seconds only (RFC 7240). */
    private static Long wholeSeconds(String flag, String text) {
        long nanos = Quantity.durationNanos(flag, text);
        if (nanos % 1_000_000_000L != 0 || nanos > MOST_NANOS) {
            throw Quantity.wrong(flag, text, "whole seconds from 1s to 60s");
        }
        return nanos;
    }

    /** H, in seconds. */
    static long waitSeconds(Scenario scenario) {
        return WAIT.in(scenario) / 1_000_000_000L;
    }
}
