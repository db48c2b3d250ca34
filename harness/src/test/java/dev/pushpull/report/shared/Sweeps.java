package dev.pushpull.report.shared;

import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Made-up sweeps. */
public final class Sweeps {
    private Sweeps() {}

    /** All intervals by all rates. */
    public static SweepRecord grid(List<Long> intervalsMillis, List<Double> rates) {
        List<RunRecord> cells = new ArrayList<>();
        for (long interval : intervalsMillis) {
            for (double rate : rates) {
                cells.add(Runs.ordinary()
                        .intervalMillis(interval)
                        .rate(rate)
                        .seconds(10)
                        .run());
            }
        }
        return of(cells);
    }

    /** These cells. */
    public static SweepRecord of(List<RunRecord> cells) {
        return new SweepRecord(
                RunRecord.SCHEMA_VERSION,
                "a-sweep",
                "sweep",
                List.of("pushpull", "sweep"),
                "2026-11-23T13:52:22Z",
                Map.of("processors", "2"),
                cells.size(),
                false,
                cells);
    }
}
