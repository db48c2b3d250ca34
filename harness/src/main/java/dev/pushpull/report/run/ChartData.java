package dev.pushpull.report.run;

import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Outages;
import dev.pushpull.report.shared.SpectrumCurve;
import dev.pushpull.report.shared.Timeline;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Map;

/**
 * The data for the charts of an HTML report, and the files that it carries along.
 *
 * @param spectrum latency over 1/(1-p)
 * @param courses latencies over time, one chart a mode
 * @param timelines requests over time, one chart for each mode
 * @param held connections held open over time
 * @param standing null when nothing was measured
 * @param strip null when no journal was kept
 * @param downloads each file, packed
 * @param outages when all consumers were down, in seconds
 * @param runSeconds how long a trial took
 */
record ChartData(
        List<SpectrumCurve> spectrum,
        List<Course> courses,
        List<Timeline> timelines,
        List<HeldLine> held,
        LoadChart standing,
        EventStrip strip,
        Map<String, String> downloads,
        List<Outages.Band> outages,
        double runSeconds) {
    static ChartData of(RunRecord run, List<JournalStep> journal, Downloads downloads) {
        return new ChartData(
                SpectrumCurve.of(run),
                Course.of(run),
                Timeline.of(run),
                HeldLine.of(run),
                run.outcomes().isEmpty() ? null : LoadChart.of(List.of(run)),
                EventStrip.of(run, journal).orElse(null),
                downloads.packed(),
                Outages.of(run, 1e9),
                run.measuredNanos() / 1e9);
    }
}
