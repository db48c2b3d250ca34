package dev.pushpull.report.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.LatencyLogs;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.ResultFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Compares what {@code scripts/peers} measured in its folder: {@code summary.csv}, percentile files and the page. */
public final class PeersResults {
    private static final String NOTES = "notes.txt";
    private static final List<String> HEADER = List.of(
            "figure", "ours", "theirs", "ratio", "ratio_low", "ratio_high", "coverage", "rounds", "goal", "met");

    private final Path folder;
    private final List<PeerFigure> figures;
    private final PeersView view;

    /**
     * The values for the template.
     *
     * @param together whether the latencies of several rounds are one curve
     */
    record Shown(PeersView peers, String spectra, boolean together, String downloadsLeftOut) {}

    private PeersResults(Path folder, List<PeerFigure> figures, PeersView view) {
        this.folder = folder;
        this.figures = figures;
        this.view = view;
    }

    /**
     * Reads the measurements and writes the results.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when the folder was not made by {@code scripts/peers}
     */
    public static PeersResults write(Path folder) throws IOException {
        List<PeerBlock> blocks = PeerBlock.read(folder);
        List<PeerFigure> figures = PeerFigure.of(blocks);
        Path told = folder.resolve(NOTES);
        List<String> notes = Files.isRegularFile(told) ? Files.readAllLines(told) : List.of();
        PeersView view = PeersView.of(folder.toAbsolutePath().getFileName().toString(), blocks, figures, notes);
        Map<String, Histogram> spectra = PeerSpectra.read(folder);
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put("summary.csv", out -> summary(figures, out));
        spectra.forEach((driver, latency) -> files.put(
                "open-loop-" + driver + ".hgrm", ResultFiles.printed(out -> LatencyLogs.percentiles(latency, out))));
        for (Map.Entry<String, ResultFiles.Content> file : files.entrySet()) {
            ResultFiles.put(folder, file.getKey(), file.getValue());
        }
        files.put(PeerBlock.FILE, out -> out.write(Files.readString(folder.resolve(PeerBlock.FILE))));
        List<PeerSpectra.Curve> curves = spectra.entrySet().stream()
                .map(spectrum -> PeerSpectra.curve(spectrum.getKey(), spectrum.getValue()))
                .toList();
        boolean together = PeerBlock.openRounds(blocks) > 1;
        Downloads downloads = Downloads.of(files);
        Shown shown = new Shown(
                view, curves.isEmpty() ? "" : PeersTitles.latency(spectra, together), together, downloads.note());
        ResultFiles.put(folder, "report.html", out -> out.write(html(shown, curves, downloads)));
        return new PeersResults(folder, figures, view);
    }

    private static void summary(List<PeerFigure> figures, Writer out) throws IOException {
        CsvWriter csv = Csv.writer(out);
        csv.writeRecord(HEADER);
        for (PeerFigure figure : figures) {
            PairedRatio ratio = figure.ratio();
            csv.writeRecord(Stream.<Object>of(
                            figure.id(),
                            figure.ours(),
                            figure.theirs(),
                            ratio.median(),
                            ratio.low(),
                            ratio.high(),
                            ratio.coverage(),
                            ratio.rounds(),
                            figure.goal().isPresent() ? figure.goal().getAsDouble() : "",
                            figure.goal().isPresent() ? figure.isMet() : "")
                    .map(Csv::cell)
                    .toList());
        }
        csv.flush();
    }

    private static String html(Shown shown, List<PeerSpectra.Curve> curves, Downloads downloads) {
        return HtmlPage.page(
                PeersResults.class,
                "peers.html",
                shown.peers().title(),
                shown,
                Map.of("spectrum", curves, "downloads", downloads.packed()),
                "peers.js");
    }

    /** Whether every goal that could be tested is reached. */
    public boolean everyGoalIsMet() {
        return figures.stream().allMatch(PeerFigure::isMet);
    }

    /** For a terminal; lines may be longer than 80 columns, because a table of ratios needs it. */
    public String terminal(boolean colour, boolean unicode) {
        Ink ink = new Ink(colour, unicode);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "ours", "theirs", "ratio", "goal", ""));
        for (PeersView.Row row : view.headlines()) {
            rows.add(List.of(
                    ink.plain(row.figure()),
                    ink.plain(row.ours()),
                    ink.plain(row.theirs()),
                    row.ratioWithInterval(),
                    unicode ? row.goal() : row.goal().replace("≥", ">="),
                    row.verdict()));
        }
        StringBuilder text = new StringBuilder();
        Layout.lines(rows).forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        Stream.concat(Stream.of(view.coverage()), view.notes().stream())
                .forEach(note -> Layout.wrap(ink.plain(note), Layout.WIDTH)
                        .forEach(line -> text.append(line).append('\n')));
        return text + "Report: " + ink.plain(folder.resolve("report.html").toString()) + "\n";
    }
}
