package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a warm-up.
 *
 * @param legs of each mode's path, by name
 * @param learnings how far to trust those of each, by name; none where that is not known
 * @param rests how each group of modes became steady; empty where nobody asked
 */
public record WarmedUp(Map<String, Scenario.Network> legs, Map<String, Learning> learnings, List<Rest> rests) {
    /** Nothing has warmed up. */
    public static final WarmedUp NOT = new WarmedUp(Map.of(), List.of());

    /** With legs of which no more is known. */
    public WarmedUp(Map<String, Scenario.Network> legs, List<Rest> rests) {
        this(legs, Map.of(), rests);
    }

    /**
     * How modes that warmed up side by side became steady.
     *
     * @param tookNanos until they were steady, or until the time was over
     * @param unsettled what was not steady at the end; empty when everything was
     */
    public record Rest(List<String> modes, long tookNanos, Optional<String> unsettled) {
        private String text() {
            String took = "%.1f s".formatted(tookNanos / 1e9);
            return unsettled
                    .map(what -> "no steady state within %s: %s".formatted(took, what))
                    .orElseGet(() -> "steady after " + took);
        }
    }

    /** Both results, of different modes. */
    public WarmedUp plus(WarmedUp other) {
        Map<String, Scenario.Network> both = new LinkedHashMap<>(legs);
        both.putAll(other.legs);
        Map<String, Learning> how = new LinkedHashMap<>(learnings);
        how.putAll(other.learnings);
        List<Rest> all = new ArrayList<>(rests);
        all.addAll(other.rests);
        return new WarmedUp(both, how, all);
    }

    /** The legs of a mode's path; none where they were not learned. */
    public Scenario.Network legs(DeliveryMode mode) {
        return legs.getOrDefault(mode.name(), Scenario.Network.NONE);
    }

    /** How far a mode's legs are to be trusted. */
    public Learning learning(DeliveryMode mode) {
        return learnings.getOrDefault(mode.name(), Learning.NONE);
    }

    /** A warning for readers of a mode's figures if its warm-up did not become steady. */
    List<String> warnings(DeliveryMode mode) {
        return rests.stream()
                .filter(rest -> rest.unsettled().isPresent() && rest.modes().contains(mode.name()))
                .map(rest -> "the warm-up found " + rest.text())
                .toList();
    }

    /** How long each group took, in seconds. */
    public List<Finding> findings() {
        return rests.stream()
                .map(rest -> new Finding(
                        rests.size() == 1 ? "warm-up" : "warm-up of " + String.join(", ", rest.modes()),
                        rest.tookNanos() / 1e9,
                        rest.text()))
                .toList();
    }
}
