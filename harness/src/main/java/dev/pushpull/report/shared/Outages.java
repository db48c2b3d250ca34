package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.RunRecord;
import java.util.List;

/** The outages of a run that all consumers had at the same times, for a time axis. */
public final class Outages {
    /** More cannot be told apart on any axis. */
    private static final int MOST = 500;

    private Outages() {}

    /** A part of the axis. */
    public record Band(double from, double to) {}

    /**
     * Those that began while it was measured; none where they are too many.
     *
     * @param unitNanos the unit of the axis
     */
    public static List<Band> of(RunRecord run, double unitNanos) {
        List<Outage> outages = run.scenario().faults().outages();
        if (outages.stream().mapToLong(Outage::count).sum() > MOST) {
            return List.of();
        }
        return Outage.single(outages).stream()
                .filter(outage -> outage.startNanos() < run.measuredNanos())
                .map(outage -> new Band(outage.startNanos() / unitNanos, outage.endNanos() / unitNanos))
                .toList();
    }
}
