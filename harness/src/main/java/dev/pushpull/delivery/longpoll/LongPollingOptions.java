package dev.pushpull.delivery.longpoll;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.List;

/** The flags of long polling. */
final class LongPollingOptions {
    static final ModeOption<Long> WAIT = new ModeOption<>(
            "--wait",
            "DURATION",
            "Longest time the provider holds a request, in whole seconds (default: 30s).",
            LongPollingOptions::wholeSeconds,
            scenario -> 30_000_000_000L);

    static final List<ModeOption<?>> ALL = List.of(WAIT);

    private LongPollingOptions() {}

    /** {@code Prefer: wait} knows whole seconds only (RFC 7240). */
    private static Long wholeSeconds(String flag, String text) {
        long nanos = Quantity.durationNanos(flag, text);
        if (nanos % 1_000_000_000L != 0) {
            throw Quantity.wrong(flag, text, "whole seconds such as 1s or 30s");
        }
        return nanos;
    }

    /** H, in seconds. */
    static long waitSeconds(Scenario scenario) {
        return WAIT.in(scenario) / 1_000_000_000L;
    }
}
