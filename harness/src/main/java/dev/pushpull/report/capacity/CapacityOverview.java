package dev.pushpull.report.capacity;

import dev.pushpull.report.shared.AxisScale;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.report.shared.DotChart.Entry;
import dev.pushpull.report.shared.DotChart.Shape;
import dev.pushpull.report.shared.DotChart.Value;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What all paths carry, on one scale, the most at the top. */
final class CapacityOverview {
    private CapacityOverview() {}

    /** Null when no path has an answer. */
    static DotChart of(CapacityRecord run) {
        List<CapacityFinding> answered = run.findings().stream()
                .filter(finding -> finding.perSecond().isPresent())
                .sorted(Comparator.comparingDouble(
                                (CapacityFinding finding) -> finding.perSecond().getAsDouble())
                        .reversed())
                .toList();
        if (answered.isEmpty()) {
            return null;
        }
        List<Double> ends = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        boolean intervals = false;
        boolean leasts = false;
        for (CapacityFinding finding : answered) {
            double perSecond = finding.perSecond().getAsDouble();
            boolean least = CapacityWords.isOnlyALeast(finding);
            Optional<String> interval = CapacityWords.interval(finding);
            intervals |= interval.isPresent();
            leasts |= least;
            ends.add(perSecond);
            finding.answer().lowPerSecond().ifPresent(ends::add);
            finding.answer().highPerSecond().ifPresent(ends::add);
            entries.add(new Entry(
                    finding.path(),
                    CapacityWords.rate(finding)
                            + interval.map(" (%s)"::formatted).orElse(""),
                    List.of(new Value(
                            least ? Shape.SQUARE : Shape.DOT,
                            0,
                            perSecond,
                            finding.answer().lowPerSecond(),
                            finding.answer().highPerSecond()))));
        }
        String axis = "Requests a second " + CapacityWords.condition(run.slo())
                + (intervals ? ", with the 95 % interval" : ", without intervals")
                + (leasts ? ". A square is a rate at least, limited by the load generator or not tried beyond." : ".");
        return DotChart.of(
                CapacityWords.overview(run),
                AxisScale.of(ends, CapacityWords::rate),
                entries,
                List.of(),
                Optional.empty(),
                axis);
    }
}
