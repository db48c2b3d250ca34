package dev.pushpull.report.run;

import static dev.pushpull.report.shared.Layout.WIDTH;

import dev.pushpull.report.shared.AcrossClocks;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for a terminal of 80 columns. */
public final class TerminalReport {
    private static final int FEATURE_WIDTH = 15;
    private static final int CELL_WIDTH = 31;
    private static final int NAME_WIDTH = 20;

    private final RunRecord run;
    private final String scenario;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private TerminalReport(RunRecord run, Ink ink) {
        this.run = run.pooled();
        this.scenario = Answer.scenario(run);
        this.ink = ink;
    }

    /**
     * Lines of at most 80 columns, except paths.
     *
     * @param folder where the files are; empty when they could not be written
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     */
    public static String render(RunRecord run, Optional<Path> folder, boolean colour, boolean unicode) {
        return new TerminalReport(run, new Ink(colour, unicode)).lines(folder);
    }

    private String lines(Optional<Path> folder) {
        headline();
        claims();
        blocks();
        modes();
        sparklines();
        courses();
        agreement();
        findings();
        soundness();
        folder.ifPresent(path -> {
            lines.add("");
            // never wrapped, so that the path can be copied
            lines.add("Report: " + ink.plain(path.resolve("report.html").toString()));
        });
        return String.join("\n", lines) + "\n";
    }

    private void headline() {
        for (String line : wrapped(run.command() + ": " + scenario, WIDTH)) {
            lines.add(ink.faint(line));
        }
        for (String reason : Soundness.reasons(run)) {
            wrapped("INVALID " + reason, WIDTH).forEach(line -> lines.add(ink.bad(line)));
        }
        if (run.partial()) {
            wrapped(Soundness.partial(run), WIDTH).forEach(line -> lines.add(ink.doubtful(line)));
        }
        lines.add("");
        wrapped(Answer.sentence(run), WIDTH).forEach(line -> lines.add(ink.strong(line)));
    }

    /** The polling mode and the sending mode, side by side; nothing when the run lacks either. */
    private void claims() {
        FourClaims table = FourClaims.of(run);
        lines.add("");
        if (table.columns().isEmpty()) {
            return;
        }
        lines.add(ink.strong(
                columns("", title(table.columns().get(0)), title(table.columns().get(1)))));
        for (FourClaims.Row row : table.rows()) {
            List<String> polling = cell(row.cells().get(0));
            List<String> webhook = cell(row.cells().get(1));
            for (int i = 0; i < Math.max(polling.size(), webhook.size()); i++) {
                lines.add(columns(
                        i == 0 ? row.feature() : "",
                        i < polling.size() ? polling.get(i) : "",
                        i < webhook.size() ? webhook.get(i) : ""));
            }
            String standing = row.verdict().standing().words() + ".";
            List<String> verdict = wrapped(standing + " " + row.verdict().sentence(), WIDTH - 2);
            lines.add("  "
                    + ink.of(row.verdict().standing(), standing)
                    + verdict.get(0).substring(standing.length()));
            verdict.stream().skip(1).forEach(line -> lines.add("  " + line));
            lines.add("");
        }
    }

    private String title(Outcome outcome) {
        return ink.plain(Modes.title(run, outcome));
    }

    /** Each mode that the claims are not about. */
    private void blocks() {
        for (FourClaims.Block block : FourClaims.of(run).blocks()) {
            lines.add(ink.strong(title(block.outcome())));
            lines.addAll(indented(wrapped(block.sentence(), WIDTH - 2)));
            for (FourClaims.Measured measured : block.features()) {
                String text = measured.figures().stream().map(FigureText::named).collect(Collectors.joining(", "));
                List<String> wrapped = wrapped(text, WIDTH - FEATURE_WIDTH - 3);
                for (int i = 0; i < wrapped.size(); i++) {
                    lines.add("  " + Layout.padRight(i == 0 ? measured.feature() : "", FEATURE_WIDTH) + " "
                            + wrapped.get(i));
                }
            }
            lines.add("");
        }
    }

    private static String columns(String feature, String polling, String webhook) {
        return (Layout.padRight(feature, FEATURE_WIDTH) + " " + Layout.padRight(polling, CELL_WIDTH) + "  " + webhook)
                .stripTrailing();
    }

    private List<String> cell(FourClaims.Cell cell) {
        List<String> texts = new ArrayList<>();
        texts.addAll(wrapped("\"" + cell.statement() + "\"", CELL_WIDTH));
        if (cell.figures().isEmpty()) {
            texts.add(Simulated.named(run, "not measured", "not simulated"));
        }
        for (Figure figure : cell.figures()) {
            texts.addAll(wrapped(FigureText.named(figure), CELL_WIDTH));
            String expected = FigureText.expected(figure);
            if (!expected.isEmpty()) {
                texts.addAll(indented(wrapped("expected " + expected, CELL_WIDTH - 2)));
            }
        }
        return texts;
    }

    private static List<String> indented(List<String> texts) {
        return texts.stream().map(text -> "  " + text).toList();
    }

    private void modes() {
        ModeTable table = ModeTable.of(run);
        if (table.modes().isEmpty()) {
            return;
        }
        List<List<String>> rows = rows("Figures", table.all());
        table(rows);
        if (!FigureText.explained(rows).isEmpty()) {
            lines.set(lines.size() - 1, FigureText.explained(rows));
            lines.add("");
        }
        if (!table.some().lines().isEmpty()) {
            table(rows("Held connections", table.some()));
        }
        List<String> missing = Shortfall.lines(run);
        if (!missing.isEmpty()) {
            lines.add(ink.strong("Not there at the end"));
            missing.forEach(line -> lines.addAll(indentedAfterFirst(wrapped(line, WIDTH - 2))));
            lines.add("");
        }
    }

    private List<List<String>> rows(String title, ModeTable table) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(title));
        table.modes().forEach(mode -> header.add(ink.plain(mode)));
        rows.add(header);
        for (ModeTable.Line line : table.lines()) {
            List<String> row = new ArrayList<>(List.of(line.label()));
            line.entries().forEach(entry -> row.add(ink.plain(FigureText.brief(entry.value()))));
            rows.add(row);
        }
        return rows;
    }

    /** The distribution of latencies on a logarithmic scale; nothing when the terminal has no characters for it. */
    private void sparklines() {
        Map<String, String> lines = ink.unicode() ? Sparkline.byMode(run) : Map.of();
        if (lines.isEmpty()) {
            return;
        }
        int names = lines.keySet().stream().mapToInt(Layout::length).max().orElse(0);
        this.lines.add(ink.strong("Latencies, from the least to the greatest, logarithmic"));
        lines.forEach((mode, line) -> this.lines.add(Layout.padRight(ink.plain(mode), names) + "  " + line));
        this.lines.addAll(wrapped(AcrossClocks.notDrawn(run), WIDTH));
        this.lines.add("");
    }

    /** Whether latencies stayed the same, with their medians over time where the terminal has characters for them. */
    private void courses() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Steadiness", "medians over time", "verdict", "last third / first"));
        for (Course course : Course.of(run)) {
            rows.add(List.of(
                    ink.plain(course.name()), ink.unicode() ? course.bars() : "", course.verdict(), course.ratio()));
        }
        if (rows.size() > 1) {
            table(
                    ink.unicode()
                            ? rows
                            : rows.stream()
                                    .map(row -> List.of(row.get(0), row.get(2), row.get(3)))
                                    .toList());
        }
    }

    private void agreement() {
        List<List<List<String>>> tables = AgreementRows.of(run, ink);
        if (!tables.isEmpty()) {
            lines.add(
                    !run.agreement().isEmpty()
                            ? "Measured, simulated (these very events in virtual time), predicted"
                            : run.simulated() ? "Simulated, and the closed form" : "Measured and expected");
        }
        tables.forEach(this::table);
    }

    private void findings() {
        for (RunRecord.Finding finding : run.findings()) {
            lines.addAll(
                    indentedAfterFirst(wrapped(Sentences.capital(finding.name()) + ": " + finding.text(), WIDTH - 2)));
        }
        if (!run.findings().isEmpty()) {
            lines.add("");
        }
    }

    private static List<String> indentedAfterFirst(List<String> texts) {
        List<String> lines = new ArrayList<>(texts.subList(0, 1));
        lines.addAll(indented(texts.subList(1, texts.size())));
        return lines;
    }

    private void table(List<List<String>> rows) {
        List<List<String>> blocks = Layout.blocks(rows, 0);
        for (List<String> block : blocks.size() == 1 ? blocks : Layout.blocks(narrowed(rows), 0)) {
            lines.add(ink.strong(block.get(0)));
            lines.addAll(block.subList(1, block.size()));
            lines.add("");
        }
    }

    /** The same with long names in two lines, so that more columns stand side by side. */
    private static List<List<String>> narrowed(List<List<String>> rows) {
        List<List<String>> narrow = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> name = Layout.wrap(row.get(0), NAME_WIDTH);
            for (int i = 0; i < name.size(); i++) {
                List<String> line = new ArrayList<>(i == 0 ? row : Collections.nCopies(row.size(), ""));
                line.set(0, (i == 0 ? "" : "  ") + name.get(i));
                narrow.add(line);
            }
        }
        return narrow;
    }

    private void soundness() {
        List<NoiseText.Line> noise = NoiseText.lines(run);
        int width = noise.stream()
                .mapToInt(line -> Layout.length(line.name()))
                .max()
                .orElse(0);
        for (NoiseText.Line line : noise) {
            List<String> figures = wrapped(line.figures(), WIDTH - width - 2);
            for (int i = 0; i < figures.size(); i++) {
                lines.add(Layout.padRight(i == 0 ? ink.plain(line.name()) : "", width + 2) + figures.get(i));
            }
        }
        wrapped(NoiseText.belowNoise(run), WIDTH).forEach(line -> lines.add(ink.doubtful(line)));
        lines.add(Soundness.crossChecks(run));
        for (String warning : Soundness.warnings(run)) {
            wrapped("Warning: " + warning, WIDTH).forEach(line -> lines.add(ink.doubtful(line)));
        }
    }

    private List<String> wrapped(String text, int width) {
        return text.isBlank() ? List.of() : Layout.wrap(ink.plain(text), width);
    }
}
