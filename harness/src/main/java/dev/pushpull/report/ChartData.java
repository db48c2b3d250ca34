package dev.pushpull.report;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the charts of an HTML report draw, and the files it carries along.
 *
 * @param spectrum latency over 1/(1-p)
 * @param timelines requests over time, one chart a mode
 * @param standing null where nothing was measured
 * @param strip null where no journal was kept
 * @param downloads the text of each file
 */
record ChartData(
        List<Curve> spectrum,
        List<Timeline> timelines,
        LoadChart standing,
        EventStrip strip,
        Map<String, String> downloads) {
    private static final int POINTS_A_DECADE = 60;
    private static final int MOST_BARS = 120;

    /**
     * A line in the percentile spectrum.
     *
     * @param kind measured, expected or noise
     * @param colour which of the page's mode colours; of no meaning for noise
     * @param x 1/(1-p)
     * @param y milliseconds
     */
    record Curve(String name, String kind, int colour, List<Double> x, List<Double> y) {}

    /**
     * Requests of a mode over time.
     *
     * @param binSeconds how many seconds a bar stands for
     * @param x seconds from the start, where a bar begins
     * @param useful requests a second that brought something
     * @param empty requests a second that brought nothing
     * @param most requests in the busiest second of a bar; empty where a bar stands for one second
     */
    record Timeline(
            String name,
            int colour,
            double binSeconds,
            List<Double> x,
            List<Double> useful,
            List<Double> empty,
            List<Double> most) {}

    static ChartData of(RunRecord run, List<JournalStep> journal, Downloads downloads) {
        List<Curve> spectrum = new ArrayList<>();
        List<Timeline> timelines = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            String name = Modes.title(run, outcome);
            int colour = Modes.colour(run, outcome);
            if (isDrawable(outcome.latency())) {
                spectrum.add(measured(name, "measured", colour, outcome.latency()));
            }
            if (outcome.prediction().latencyCurve().size() > 1) {
                spectrum.add(expected(name + ", expected", colour, outcome.prediction()));
            }
            if (!outcome.timeline().isEmpty()) {
                timelines.add(timeline(name, colour, outcome.timeline()));
            }
        }
        if (spectrum.stream().noneMatch(curve -> curve.kind().equals("measured"))) {
            spectrum.clear(); // theory alone is no measurement
        }
        if (!spectrum.isEmpty() && isDrawable(run.noise().hiccups())) {
            spectrum.add(measured("machine hiccups", "noise", 0, run.noise().hiccups()));
        }
        if (!spectrum.isEmpty() && isDrawable(run.noise().floorRoundTrip())) {
            spectrum.add(measured(
                    run.scenario().wire().rttNanos() > 0 ? "bare round trip on loopback" : "bare round trip",
                    "floor",
                    0,
                    run.noise().floorRoundTrip()));
        }
        return new ChartData(
                List.copyOf(spectrum),
                List.copyOf(timelines),
                run.outcomes().isEmpty() ? null : LoadChart.of(List.of(run)),
                EventStrip.of(run, journal).orElse(null),
                downloads.texts());
    }

    private static boolean isDrawable(Distribution distribution) {
        return distribution.count() >= Distribution.samplesNeeded(0.5);
    }

    /** Up to the last quantile that the samples can tell: beyond, a curve would draw single events. */
    private static Curve measured(String name, String kind, int colour, Distribution distribution) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 1; ; i++) {
            double inverse = Math.pow(10, (double) i / POINTS_A_DECADE);
            double p = 1 - 1 / inverse;
            if (p >= 0.5 && Distribution.samplesNeeded(p) > distribution.count()) {
                return new Curve(name, kind, colour, x, y);
            }
            x.add(rounded(inverse));
            y.add(rounded(distribution.valueAt(p) / 1e6));
        }
    }

    private static Curve expected(String name, int colour, Prediction prediction) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (Prediction.CurvePoint point : prediction.latencyCurve()) {
            if (point.probability() < 1) {
                x.add(rounded(1 / (1 - point.probability())));
                y.add(rounded(point.latencyMillis()));
            }
        }
        return new Curve(name, "expected", colour, x, y);
    }

    /** Long runs are drawn with broader bars, each the mean of its seconds, which also shows the busiest of them. */
    private static Timeline timeline(String name, int colour, List<TimelineSecond> seconds) {
        int last =
                (int) seconds.stream().mapToLong(TimelineSecond::second).max().orElse(0);
        double[] all = new double[last + 1];
        double[] empty = new double[last + 1];
        for (TimelineSecond second : seconds) {
            all[(int) second.second()] += second.requests();
            empty[(int) second.second()] += second.emptyRequests();
        }
        Buckets ofAll = Buckets.of(all, MOST_BARS);
        Buckets ofEmpty = Buckets.of(empty, MOST_BARS);
        List<Double> x = new ArrayList<>();
        List<Double> usefulRates = new ArrayList<>();
        List<Double> emptyRates = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        for (int bar = 0; bar < ofAll.buckets().size(); bar++) {
            double emptyRate = ofEmpty.buckets().get(bar).mean();
            x.add((double) bar * ofAll.width());
            usefulRates.add(rounded(ofAll.buckets().get(bar).mean() - emptyRate));
            emptyRates.add(rounded(emptyRate));
            if (ofAll.width() > 1) {
                most.add(rounded(ofAll.buckets().get(bar).greatest()));
            }
        }
        return new Timeline(name, colour, ofAll.width(), x, usefulRates, emptyRates, most);
    }

    /** Five digits are more than a screen has pixels. */
    static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
    }
}
