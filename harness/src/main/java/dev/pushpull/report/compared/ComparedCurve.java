package dev.pushpull.report.compared;

import dev.pushpull.report.shared.SpectrumCurve;
import dev.pushpull.report.shared.Timeline;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a chart of two runs.
 *
 * @param run 0 for the first run, 1 for the second
 */
record ComparedCurve(String name, String mode, int run, int colour, List<Double> x, List<Double> y) {
    /** In seconds: what adding seconds may lose. */
    private static final double ROUNDING = 1e-6;

    /** Latency of each mode at every percentile, first run first. */
    static List<ComparedCurve> latencies(RunComparison.Pair pair) {
        List<ComparedCurve> curves = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            for (SpectrumCurve curve : SpectrumCurve.of(run(pair, run))) {
                if (curve.kind().equals("measured")) {
                    curves.add(of(curve.name(), run, curve.colour(), curve.x(), curve.y()));
                }
            }
        }
        return curves;
    }

    /** Requests a second of each mode over time, first run first. */
    static List<ComparedCurve> requests(RunComparison.Pair pair) {
        List<ComparedCurve> curves = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            RunRecord record = run(pair, run);
            List<Timeline> all = Timeline.of(record);
            List<Outcome> timed = record.outcomes().stream()
                    .filter(outcome -> !outcome.timeline().isEmpty())
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                curves.add(requests(all.get(i), run, ComparedTitles.measuredSeconds(record, timed.get(i))));
            }
        }
        return curves;
    }

    private static RunRecord run(RunComparison.Pair pair, int run) {
        return run == 0 ? pair.first() : pair.second();
    }

    /** One point in the middle of each bar; one that reaches beyond the measured time would look like a collapse. */
    private static ComparedCurve requests(Timeline timeline, int run, double measuredSeconds) {
        List<Double> x = new ArrayList<>();
        List<Double> requests = new ArrayList<>();
        for (int i = 0; i < timeline.x().size(); i++) {
            double from = timeline.x().get(i);
            if (from + timeline.binSeconds() <= measuredSeconds + ROUNDING) {
                x.add(from + timeline.binSeconds() / 2);
                requests.add(timeline.useful().get(i) + timeline.empty().get(i));
            }
        }
        return of(timeline.name(), run, timeline.colour(), x, requests);
    }

    private static ComparedCurve of(String mode, int run, int colour, List<Double> x, List<Double> y) {
        return new ComparedCurve((run == 0 ? "A " : "B ") + mode, mode, run, colour, x, y);
    }
}
