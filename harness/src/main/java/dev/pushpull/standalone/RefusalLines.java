package dev.pushpull.standalone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reports refusals: a line for each reason, at most one a second, however many there are. */
final class RefusalLines {
    private static final long LEAST_BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Said> said = new HashMap<>();

    private record Said(long count, long atNanos) {}

    /**
     * The lines that are due.
     *
     * @param refused number so far, by reason
     * @param nowNanos since the start
     * @param last whether this is the last call
     */
    List<String> due(Map<String, Long> refused, long nowNanos, boolean last) {
        List<String> lines = new ArrayList<>();
        refused.forEach((reason, count) -> {
            Said before = said.get(reason);
            long more = count - (before == null ? 0 : before.count());
            boolean allowed = last || before == null || nowNanos - before.atNanos() >= LEAST_BETWEEN_NANOS;
            if (more > 0 && allowed) {
                said.put(reason, new Said(count, nowNanos));
                lines.add("%10.3f s  refused: %s%s"
                        .formatted(nowNanos / 1e9, reason, more == 1 ? "" : "  (%d times)".formatted(more)));
            }
        });
        return lines;
    }
}
