package dev.pushpull.report.run;

import dev.pushpull.scenario.RunRecord;
import java.util.function.UnaryOperator;

/**
 * What each chart of a run shows, as its title: the finding, computed from the figures that the chart draws. Empty where
 * there is no chart.
 *
 * @param strip of the strip of single events
 * @param percentiles of latency at every percentile
 * @param shares of how many events are there by when
 * @param courses of latencies over time
 * @param requests of requests over time
 * @param held of connections held open over time
 */
record ChartTitles(String strip, String percentiles, String shares, String courses, String requests, String held) {
    static ChartTitles of(RunRecord run, ChartData charts) {
        return new ChartTitles(
                charts.strip() == null ? "" : StripFinding.of(run, charts.strip()),
                LatencyFinding.ofPercentiles(run),
                LatencyFinding.ofShares(run),
                Course.finding(run),
                RequestsFinding.of(run),
                HeldLine.finding(run));
    }

    /** The same with each title changed. */
    ChartTitles each(UnaryOperator<String> change) {
        return new ChartTitles(
                change.apply(strip),
                change.apply(percentiles),
                change.apply(shares),
                change.apply(courses),
                change.apply(requests),
                change.apply(held));
    }
}
