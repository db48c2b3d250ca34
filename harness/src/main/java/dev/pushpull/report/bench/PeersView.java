package dev.pushpull.report.bench;

import dev.pushpull.report.bench.PeerBlock.Setting;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A comparison with other tools as text, for terminal and page. */
record PeersView(
        String title,
        String heading,
        List<DotChart> ratios,
        List<Row> headlines,
        List<Row> others,
        List<String> metrics,
        List<Medians> medians,
        String coverage,
        List<String> notes) {
    /**
     * @param interval of the ratio; empty after one round
     * @param verdict met, not met, or empty
     */
    record Row(String figure, String ours, String theirs, String ratio, String interval, String goal, String verdict) {
        /** A class of the page's style. */
        String looks() {
            return verdict.equals("met") ? "holds" : "fails";
        }

        String ratioWithInterval() {
            return interval.isEmpty() ? ratio : ratio + " (" + interval + ")";
        }
    }

    /** One setting, with a text for each metric. */
    record Medians(String setting, List<String> values, String errors) {}

    static PeersView of(String title, List<PeerBlock> blocks, List<PeerFigure> figures, List<String> notes) {
        List<String> metrics = new ArrayList<>();
        for (PeerMetric metric : PeerMetric.values()) {
            metrics.add(metric.title);
        }
        List<Medians> medians = medians(blocks);
        List<String> all = new ArrayList<>(notes);
        medians.stream()
                .filter(setting -> !setting.errors().equals("0"))
                .forEach(setting -> all.add(setting.setting() + ": " + setting.errors() + " requests failed."));
        return new PeersView(
                title,
                PeersTitles.page(figures),
                PeerRatios.of(figures).stream().toList(),
                rows(figures, true),
                rows(figures, false),
                metrics,
                medians,
                coverage(figures),
                all);
    }

    private static List<Row> rows(List<PeerFigure> figures, boolean headlines) {
        return figures.stream()
                .filter(figure -> figure.isHeadline() == headlines)
                .map(figure -> new Row(
                        figure.contest() + ", " + figure.metric().title,
                        figure.metric().text(figure.ours()),
                        figure.metric().text(figure.theirs()),
                        Decimals.times(figure.ratio().median()),
                        interval(figure.ratio()),
                        figure.goal().isEmpty()
                                ? ""
                                : "≥ " + Decimals.setting(figure.goal().getAsDouble()),
                        figure.verdict()))
                .toList();
    }

    /** One round has no interval. */
    private static String interval(PairedRatio ratio) {
        return ratio.rounds() == 1
                ? ""
                : "%s to %s".formatted(Decimals.times(ratio.low()), Decimals.times(ratio.high()));
    }

    private static List<Medians> medians(List<PeerBlock> blocks) {
        Set<Setting> settings = new LinkedHashSet<>();
        blocks.forEach(block -> settings.add(block.setting()));
        List<Medians> medians = new ArrayList<>();
        for (Setting setting : settings) {
            List<PeerBlock> own = blocks.stream()
                    .filter(block -> block.setting().equals(setting))
                    .toList();
            List<String> values = new ArrayList<>();
            for (PeerMetric metric : PeerMetric.values()) {
                values.add(metric.text(PeerFigure.median(
                        own.stream().map(metric::of).filter(Double::isFinite).toList())));
            }
            long errors = own.stream().mapToLong(PeerBlock::errors).sum();
            medians.add(new Medians(words(setting), values, Decimals.count(errors)));
        }
        return medians;
    }

    private static String words(Setting setting) {
        return setting.driver() + " at " + setting.server() + (setting.isOpen() ? ", open loop" : "");
    }

    /** How certain the intervals are, in words; for the figure with the fewest rounds. */
    private static String coverage(List<PeerFigure> figures) {
        return figures.stream()
                .map(PeerFigure::ratio)
                .min(Comparator.comparingInt(PairedRatio::rounds))
                .map(ratio -> ratio.rounds() == 1
                        ? "One round: no ratio has an interval."
                        : "Ratios are medians over %d rounds; the interval, of order statistics, holds the true median in %s."
                                .formatted(ratio.rounds(), Decimals.percent(ratio.coverage())))
                .orElse("Nothing could be compared.");
    }
}
