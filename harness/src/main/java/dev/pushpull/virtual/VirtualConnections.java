package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario.Wire;
import java.util.Arrays;

/**
 * The connections one client keeps to one server in virtual time. As the emitter's client does, the one used last is taken
 * first of those that are idle. Exchanges are asked for in the order in which they begin.
 */
final class VirtualConnections {
    private final Wire wire;

    /** Since when each is idle, which may lie ahead. */
    private long[] idleSinceNanos = new long[2];

    private int count;
    private int used;

    VirtualConnections(Wire wire) {
        this.wire = wire;
    }

    /** Takes a connection for an exchange; says whether a new one had to be opened. */
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

    /** When the exchange that took a connection last gives it back. */
    void freeFrom(long nanos) {
        idleSinceNanos[used] = nanos;
    }
}
