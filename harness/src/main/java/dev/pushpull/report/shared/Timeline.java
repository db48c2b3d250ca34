package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Requests of a mode over time.
 *
 * @param finding how many there were and how many of them were empty, in a few words
 * @param binSeconds how many seconds a bar covers
 * @param x where a bar begins, in seconds from the start
 * @param useful requests a second that brought something
 * @param empty requests a second that brought nothing
 * @param most requests in the busiest second of a bar; empty where a bar covers one second
 */
public record Timeline(
        String name,
        String finding,
        int colour,
        double binSeconds,
        List<Double> x,
        List<Double> useful,
        List<Double> empty,
        List<Double> most) {
    private static final int MOST_BARS = 120;

    /** The timelines of a run, for modes whose seconds are known. */
    public static List<Timeline> of(RunRecord run) {
        return run.outcomes().stream()
                .filter(outcome -> !outcome.timeline().isEmpty())
                .map(outcome -> of(run, outcome))
                .toList();
    }

    /** Long runs get wider bars, each the mean of its seconds, which also show the busiest of them. */
    private static Timeline of(RunRecord run, Outcome outcome) {
        List<TimelineSecond> seconds = outcome.timeline();
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
            usefulRates.add(Decimals.drawn(ofAll.buckets().get(bar).mean() - emptyRate));
            emptyRates.add(Decimals.drawn(emptyRate));
            if (ofAll.width() > 1) {
                most.add(Decimals.drawn(ofAll.buckets().get(bar).greatest()));
            }
        }
        return new Timeline(
                Modes.title(run, outcome),
                finding(all, empty, run.measuredNanos() / 1e9),
                Modes.colour(run, outcome),
                ofAll.width(),
                x,
                usefulRates,
                emptyRates,
                most);
    }

    /** {@code 40.0 requests a second, 61.4 % of them empty}. */
    private static String finding(double[] all, double[] empty, double seconds) {
        double requests = Arrays.stream(all).sum();
        double wasted = Arrays.stream(empty).sum();
        return requests == 0
                ? "no requests"
                : Decimals.significant(requests / seconds) + " requests a second, "
                        + (wasted == 0 ? "none" : Decimals.percent(wasted / requests)) + " of them empty";
    }
}
