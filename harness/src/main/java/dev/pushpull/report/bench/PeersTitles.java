package dev.pushpull.report.bench;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.Distribution;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The titles of a page about other tools and us, each of them the finding. */
final class PeersTitles {
    private PeersTitles() {}

    /** Which goals are met. */
    static String page(List<PeerFigure> figures) {
        List<PeerFigure> goals =
                figures.stream().filter(figure -> figure.goal().isPresent()).toList();
        List<PeerFigure> missed = goals.stream().filter(goal -> !goal.isMet()).toList();
        if (goals.isEmpty()) {
            return "Measured against the field's own tools";
        }
        if (missed.isEmpty()) {
            return goals.size() == 1
                    ? "The only goal that could be tested is met"
                    : "All %d goals are met".formatted(goals.size());
        }
        int met = goals.size() - missed.size();
        return "%d of %d goal%s %s met; not met: %s"
                .formatted(
                        met,
                        goals.size(),
                        goals.size() == 1 ? "" : "s",
                        met == 1 || goals.size() == 1 ? "is" : "are",
                        missed.stream().map(PeerFigure::contest).collect(Collectors.joining(", ")));
    }

    /** Requests a second, ours by theirs. */
    static String ratios(List<PeerFigure> figures) {
        Comparator<PeerFigure> byRatio =
                Comparator.comparingDouble(figure -> figure.ratio().median());
        PeerFigure least = figures.stream().min(byRatio).orElseThrow();
        PeerFigure most = figures.stream().max(byRatio).orElseThrow();
        return least == most
                ? "Requests a second, ours by theirs: " + shown(least)
                : "Requests a second, ours by theirs: %s to %s".formatted(shown(least), shown(most));
    }

    private static String shown(PeerFigure figure) {
        return "%s (%s)".formatted(Decimals.times(figure.ratio().median()), figure.contest());
    }

    /**
     * The highest percentile that all drivers have enough samples for.
     *
     * @param together whether these are the latencies of several rounds, so that the title says of which
     */
    static String latency(Map<String, Histogram> byDriver, boolean together) {
        for (int percent : new int[] {99, 90, 50}) {
            long needed = Distribution.samplesNeeded(percent / 100.0);
            if (!byDriver.isEmpty()
                    && byDriver.values().stream().allMatch(histogram -> histogram.getTotalCount() >= needed)) {
                return "At the same rate, p%d%s is %s"
                        .formatted(
                                percent,
                                together ? " of all rounds together" : "",
                                byDriver.entrySet().stream()
                                        .map(driver -> Decimals.milliseconds(
                                                        driver.getValue().getValueAtPercentile(percent) / 1e6)
                                                + " by " + driver.getKey())
                                        .collect(Collectors.joining(", ")));
            }
        }
        return "Latency at the same rate";
    }
}
