package dev.pushpull.measure;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long exchanges took, by their kind. Guarded by the recorder that owns it. */
final class RoundTrips {
    private final Map<String, LatencyHistogram> byKind = new LinkedHashMap<>();

    void record(Kind kind, long nanos) {
        byKind.computeIfAbsent(kind.name(), name -> new LatencyHistogram()).record(Math.max(0, nanos));
    }

    Map<String, Distribution> distributions() {
        Map<String, Distribution> all = new LinkedHashMap<>();
        byKind.forEach((kind, histogram) -> all.put(kind, histogram.distribution()));
        return all;
    }
}
