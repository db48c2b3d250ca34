package dev.pushpull.experiment.run;

import dev.pushpull.experiment.run.Settling.Block;
import dev.pushpull.measure.LatencyCourse;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a warm-up, for {@link Settling}: what a group did between two looks at it. */
final class Blocks {
    private final TrialGroup group;
    private final Map<String, Recording> before = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private long compiledMillis;

    Blocks(TrialGroup group) {
        this.group = group;
        this.compiledMillis = group.compilationMillis();
    }

    /** Ends a block. */
    void next(long lengthNanos) {
        long nowMillis = group.compilationMillis();
        Map<String, Long> legNanos = new LinkedHashMap<>();
        for (Trial trial : group.trials()) {
            Recording now = trial.books().record();
            Recording earlier = before.put(trial.mode().name(), now);
            Scenario.Network legs = trial.mode().live().legs(earlier == null ? now : since(earlier, now));
            legNanos.put(trial.mode().name(), legs.pollResponseNanos() + legs.webhookNanos());
        }
        blocks.add(new Block((nowMillis - compiledMillis) * 1e6 / lengthNanos, legNanos));
        compiledMillis = nowMillis;
    }

    List<Block> all() {
        return blocks;
    }

    /** The newer recording with the latencies and round trips of the earlier one taken out; its counts stay as they are. */
    static Recording since(Recording earlier, Recording now) {
        Map<String, Distribution> trips = new HashMap<>(now.roundTrips());
        earlier.roundTrips().forEach((kind, some) -> trips.computeIfPresent(kind, (name, all) -> all.minus(some)));
        return new Recording(
                now.delivered(),
                now.duplicates(),
                now.reconfirmed(),
                now.outOfOrder(),
                now.negativeLatencies(),
                now.malformed(),
                now.skippedPolls(),
                now.exchanges(),
                now.latency().minus(earlier.latency()),
                now.processed(),
                now.pollLateness(),
                trips,
                List.of(),
                List.of(),
                now.batches(),
                new LatencyCourse());
    }
}
