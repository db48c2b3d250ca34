package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario.Wire;
import java.util.Arrays;

/**
 * The connections that one client keeps to one server in virtual time. It takes the idle connection that was used last,
 * as the emitter's client does. Exchanges must be opened in the order in which they begin.
 */
final class VirtualConnections {
    private final Wire wire;

    /** When each one became or becomes idle. */
    private long[] idleSinceNanos = new long[2];

    private int count;
    private int used;

    VirtualConnections(Wire wire) {
        this.wire = wire;
    }

    /** Takes a connection for an exchange; returns whether a new one had to be opened. */
    boolean open(long nanos) {
        int kept = 0;
        used = -1;
        for (int i = 0; i < count; i++) {
            boolean idleForTooLong =
                    nanos - idleSinceNanos[i] > wire.keptNanos() || wire.keptNanos() == 0 && nanos >= idleSinceNanos[i];
            if (!idleForTooLong) {
                idleSinceNanos[kept] = idleSinceNanos[i];
                boolean idle = idleSinceNanos[kept] <= nanos;
                if (idle && (used < 0 || idleSinceNanos[kept] > idleSinceNanos[used])) {
                    used = kept;
                }
                kept++;
            }
        }
        count = kept;
        if (used >= 0) {
            return false;
        }
        if (count == idleSinceNanos.length) {
            idleSinceNanos = Arrays.copyOf(idleSinceNanos, 2 * count);
        }
        used = count++;
        return true;
    }

    /** Says when the exchange that took a connection last gives it back. */
    void freeFrom(long nanos) {
        idleSinceNanos[used] = nanos;
    }
}
