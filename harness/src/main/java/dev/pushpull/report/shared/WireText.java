package dev.pushpull.report.shared;

import dev.pushpull.scenario.Counted;
import dev.pushpull.scenario.Middlebox;
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
                    wire.clientKeepsNanos() == 0
                            ? "a new connection each time"
                            : "idle connections kept for " + Decimals.duration(wire.clientKeepsNanos()));
        }
        if (wire.behind().stands()) {
            parts.add("behind " + between(wire.behind()));
        }
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }

    private static String between(Middlebox box) {
        List<String> limits = new ArrayList<>();
        limit(limits, "idle timeout", box.idleNanos());
        limit(limits, "lifetime", box.lifetimeNanos());
        limit(limits, "first byte within", box.firstByteNanos());
        if (box.hostConnections() > 0) {
            limits.add(Counted.of(box.hostConnections(), "connection") + " at a time");
        }
        limit(limits, "up to so much longer:", box.jitterNanos());
        if (box.silent()) {
            limits.add("ends in silence");
        }
        return box.name() + (limits.isEmpty() ? "" : " (" + String.join("; ", limits) + ")");
    }

    private static void limit(List<String> limits, String name, long nanos) {
        if (nanos > 0) {
            limits.add(name + " " + Decimals.duration(nanos));
        }
    }
}
