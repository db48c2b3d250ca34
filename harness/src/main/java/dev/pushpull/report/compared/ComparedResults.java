package dev.pushpull.report.compared;

import dev.pushpull.report.shared.AcrossClocks;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The files written about two compared runs. */
public final class ComparedResults {
    private static final List<String> HEADER = List.of(
            "cell",
            "mode",
            "metric",
            "unit",
            "better",
            "first",
            "first_low",
            "first_high",
            "second",
            "second_low",
            "second_high",
            "difference",
            "difference_low",
            "difference_high",
            "verdict");

    private static final String FIGURES = "compared.csv";

    private ComparedResults() {}

    /**
     * Writes the page and its figures as CSV.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when a record cannot be rendered; then nothing is written
     */
    public static void write(RunComparison comparison, Path folder) throws IOException {
        ResultFiles.Content figures = out -> Csv.rows(HEADER, rows(comparison), out);
        StringBuilder page = new StringBuilder();
        comparison.second().unlessHandmade(() -> page.append(html(comparison, figures)));
        ResultFiles.put(folder, FIGURES, figures);
        Runs runs = new Runs(
                RunRecord.SCHEMA_VERSION,
                relative(folder, comparison.first().folder()),
                relative(folder, comparison.second().folder()));
        ResultFiles.put(folder, ResultFiles.COMPARED_RUNS, out -> out.write(RunJson.text(runs) + "\n"));
        ResultFiles.put(folder, ResultFiles.COMPARED, out -> out.append(page));
    }

    /** Which runs were compared, for the list of all results. */
    record Runs(int schemaVersion, String first, String second) {}

    /** Real paths: a run may have been named by a link to the latest one. */
    private static String relative(Path folder, Path run) throws IOException {
        Path from = folder.toRealPath();
        Path to = run.toRealPath();
        boolean sameDrive = Objects.equals(from.getRoot(), to.getRoot());
        return (sameDrive ? from.relativize(to) : to).toString().replace('\\', '/');
    }

    /** One row for each figure; null where there is none. */
    public static List<Map<String, Object>> rows(RunComparison comparison) {
        return comparison.figures().stream().map(ComparedResults::row).toList();
    }

    private static Map<String, Object> row(ComparedFigure figure) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("cell", figure.cell());
        row.put("mode", figure.mode());
        row.put("metric", figure.metric().column());
        row.put("unit", figure.metric().unit());
        row.put("better", figure.metric().better().name().toLowerCase(Locale.ROOT));
        figure("first", figure.first().value(), figure.first().interval(), row);
        figure("second", figure.second().value(), figure.second().interval(), row);
        figure("difference", figure.difference(), figure.interval(), row);
        row.put("verdict", figure.judgement().words());
        return row;
    }

    private static void figure(
            String name, OptionalDouble value, Optional<Estimate> interval, Map<String, Object> row) {
        row.put(name, value.isPresent() ? value.getAsDouble() : null);
        row.put(name + "_low", interval.map(Estimate::low).orElse(null));
        row.put(name + "_high", interval.map(Estimate::high).orElse(null));
    }

    /**
     * The values for the template.
     *
     * @param charts their titles; null where there are none, as for a sweep's many cells
     */
    record Shown(ComparedView compared, Titles charts, String downloadsLeftOut) {}

    /**
     * What the charts show, as findings.
     *
     * @param across what is not drawn since the clocks of two hosts do not tell it
     * @param outages whether there were any
     */
    record Titles(String latency, String requests, List<String> across, boolean outages) {
        static Titles of(RunComparison.Pair pair) {
            return new Titles(
                    ComparedTitles.latency(pair),
                    ComparedTitles.requests(pair),
                    Stream.of(pair.first(), pair.second())
                            .map(AcrossClocks::notDrawn)
                            .filter(sentence -> !sentence.isEmpty())
                            .distinct()
                            .toList(),
                    !ComparedOutage.of(pair).isEmpty());
        }
    }

    /**
     * The data that the page draws.
     *
     * @param spectrum of both runs
     * @param timelines of both runs, mode by mode
     * @param outages in seconds, of either run
     * @param downloads each file, packed
     */
    record Charts(
            List<ComparedCurve> spectrum,
            List<ComparedCurve> timelines,
            List<ComparedOutage> outages,
            Map<String, String> downloads) {}

    private static String html(RunComparison comparison, ResultFiles.Content figures) {
        Downloads downloads = Downloads.of(Map.of(FIGURES, figures));
        Charts charts = charts(comparison, downloads);
        return HtmlPage.page(
                ComparedResults.class,
                ResultFiles.COMPARED,
                "Two runs compared",
                new Shown(
                        ComparedView.of(comparison),
                        charts.spectrum().isEmpty()
                                ? null
                                : Titles.of(comparison.pairs().get(0)),
                        downloads.note()),
                charts,
                "compared.js");
    }

    private static Charts charts(RunComparison comparison, Downloads downloads) {
        List<RunComparison.Pair> drawn = comparison.pairs().size() == 1 ? comparison.pairs() : List.of();
        return new Charts(
                drawn.stream()
                        .flatMap(pair -> ComparedCurve.latencies(pair).stream())
                        .toList(),
                drawn.stream()
                        .flatMap(pair -> ComparedCurve.requests(pair).stream())
                        .toList(),
                drawn.stream().flatMap(pair -> ComparedOutage.of(pair).stream()).toList(),
                downloads.packed());
    }
}
