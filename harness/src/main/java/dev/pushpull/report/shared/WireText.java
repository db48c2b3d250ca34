package dev.pushpull.report.shared;

import dev.pushpull.scenario.Scenario.Wire;
import java.util.ArrayList;
import java.util.List;

/** What lies between consumers and provider, in words. */
public final class WireText {
    private WireText() {}

    /** Appended to a sentence; empty over plain loopback. */
    public static String appended(Wire wire) {
        List<String> parts = new ArrayList<>();
        if (wire.tls()) {
            parts.add("over TLS");
        }
        if (wire.rttNanos() > 0) {
            parts.add("round trip " + Decimals.duration(wire.rttNanos()));
        }
        if (wire.keepAliveNanos() != Wire.AS_USUAL) {
            parts.add(
                    wire.keptNanos() == 0
                            ? "a new connection each time"
                            : "idle connections kept for " + Decimals.duration(wire.keptNanos()));
        }
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }
}
