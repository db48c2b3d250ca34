package dev.pushpull.report.bench;

import dev.pushpull.report.bench.PeerBlock.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Our figure and another tool's, by one metric.
 *
 * @param contest what is compared, in words
 * @param ours median of all rounds
 * @param theirs median of all rounds
 * @param ratio ours divided by theirs, round by round
 * @param goal the ratio must reach at least this
 * @param isHeadline whether the terminal shows it too
 */
record PeerFigure(
        String contest,
        PeerMetric metric,
        double ours,
        double theirs,
        PairedRatio ratio,
        OptionalDouble goal,
        boolean isHeadline) {
    private static final String OWN = "pushpull";
    private static final String BASELINE = "wrk";
    private static final String CLOSED = "closed";
    private static final String SOURCE = "source";
    private static final String RECEIVER = "receiver";
    private static final String NGINX = "nginx";

    private record Contest(String title, Setting ours, Setting theirs, OptionalDouble goal) {}

    /** Its name in {@code summary.csv}: {@code polling: pushpull / wrk} becomes {@code polling.pushpull.wrk}. */
    String id() {
        return contest.replaceAll("[^A-Za-z0-9-]+", ".") + "." + metric.column;
    }

    /** Empty without a goal. */
    String verdict() {
        return goal.isEmpty() ? "" : isMet() ? "met" : "not met";
    }

    /** Whether the median reaches the goal; true without a goal. */
    boolean isMet() {
        return goal.isEmpty() || ratio.median() >= goal.getAsDouble();
    }

    /** Every comparison in which both sides were measured in the same rounds. */
    static List<PeerFigure> of(List<PeerBlock> blocks) {
        List<PeerFigure> figures = new ArrayList<>();
        for (Contest contest : contests(blocks)) {
            for (PeerMetric metric : PeerMetric.values()) {
                compare(contest, metric, blocks).ifPresent(figures::add);
            }
        }
        return figures;
    }

    private static List<Contest> contests(List<PeerBlock> blocks) {
        Set<String> drivers = new LinkedHashSet<>();
        blocks.forEach(block -> drivers.add(block.setting().driver()));
        drivers.remove(BASELINE);
        List<Contest> contests = new ArrayList<>();
        for (String driver : drivers) {
            contests.add(contest("polling: " + driver + " / wrk", driver, BASELINE, SOURCE, CLOSED, 0.9));
        }
        contests.add(new Contest(
                "empty page by wrk: pushpull / nginx",
                new Setting(BASELINE, SOURCE, CLOSED),
                new Setting(BASELINE, NGINX, CLOSED),
                OptionalDouble.of(0.85)));
        for (String driver : drivers) {
            contests.add(contest("webhooks: " + driver + " / wrk", driver, BASELINE, RECEIVER, CLOSED, 0.6));
        }
        drivers.remove(OWN);
        for (String driver : drivers) {
            contests.add(contest("open loop: pushpull / " + driver, OWN, driver, SOURCE, Setting.OPEN, Double.NaN));
        }
        return contests;
    }

    /** Only our own fastest driver has a goal. */
    private static Contest contest(String title, String ours, String theirs, String server, String loop, double goal) {
        boolean hasGoal = ours.equals(OWN) && Double.isFinite(goal);
        return new Contest(
                title,
                new Setting(ours, server, loop),
                new Setting(theirs, server, loop),
                hasGoal ? OptionalDouble.of(goal) : OptionalDouble.empty());
    }

    private static Optional<PeerFigure> compare(Contest contest, PeerMetric metric, List<PeerBlock> blocks) {
        Map<Integer, Double> ours = byRound(contest.ours(), metric, blocks);
        Map<Integer, Double> theirs = byRound(contest.theirs(), metric, blocks);
        ours.keySet().retainAll(theirs.keySet());
        theirs.keySet().retainAll(ours.keySet());
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        boolean open = contest.ours().isOpen();
        boolean latency = metric == PeerMetric.P50 || metric == PeerMetric.P99;
        boolean cpu = metric == PeerMetric.DRIVER_CPU && contest.ours().driver().equals(OWN)
                || metric == PeerMetric.SERVER_CPU && contest.theirs().server().equals(NGINX);
        return Optional.of(new PeerFigure(
                contest.title(),
                metric,
                median(ours.values()),
                median(theirs.values()),
                PairedRatio.of(ours.entrySet().stream()
                        .map(round -> round.getValue() / theirs.get(round.getKey()))
                        .toList()),
                metric == PeerMetric.REQUESTS ? contest.goal() : OptionalDouble.empty(),
                open ? latency : metric == PeerMetric.REQUESTS || cpu));
    }

    /** A latency or cost of zero cannot be a divisor: the tool is too coarse to tell. */
    private static Map<Integer, Double> byRound(Setting setting, PeerMetric metric, List<PeerBlock> blocks) {
        Map<Integer, Double> byRound = new LinkedHashMap<>();
        for (PeerBlock block : blocks) {
            double value = metric.of(block);
            if (block.setting().equals(setting) && value > 0) {
                byRound.put(block.round(), value);
            }
        }
        return byRound;
    }

    static double median(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
