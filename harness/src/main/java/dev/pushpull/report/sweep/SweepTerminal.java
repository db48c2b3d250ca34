package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.scenario.SweepRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sweep for a terminal of 80 columns: the answer in words, which mode is cheaper where, and every cell's figures. */
public final class SweepTerminal {
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private SweepTerminal(Ink ink) {
        this.ink = ink;
    }

    /**
     * Lines of at most 80 columns, except paths.
     *
     * @param folder where the files are; empty when they could not be written
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     */
    public static String render(SweepRecord sweep, Optional<Path> folder, boolean colour, boolean unicode) {
        return new SweepTerminal(new Ink(colour, unicode)).lines(SweepView.of(sweep), folder);
    }

    private String lines(SweepView view, Optional<Path> folder) {
        wrapped("sweep: " + view.scenario()).forEach(line -> lines.add(ink.faint(line)));
        view.invalid().forEach(reason -> wrapped("INVALID " + reason).forEach(line -> lines.add(ink.bad(line))));
        wrapped(view.partial()).forEach(line -> lines.add(ink.doubtful(line)));
        lines.add("");
        view.answer().forEach(sentence -> wrapped(sentence).forEach(line -> lines.add(ink.strong(line))));
        lines.add("");
        if (!view.rows().isEmpty()) {
            cheapest(view);
            figures(view);
            doubts(view);
            wrapped(SweepView.READING).forEach(line -> lines.add(ink.faint(line)));
        }
        view.warnings()
                .forEach(warning -> wrapped("Warning: " + warning).forEach(line -> lines.add(ink.doubtful(line))));
        // never wrapped, so that the path can be copied
        folder.ifPresent(path ->
                lines.add("Report: " + ink.plain(path.resolve("report.html").toString())));
        return String.join("\n", lines) + "\n";
    }

    private void cheapest(SweepView view) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Fewest requests / bytes"));
        view.rates().forEach(rate -> head.add(ink.plain(rate)));
        rows.add(head);
        for (SweepView.Row row : view.rows()) {
            List<String> texts = new ArrayList<>(List.of(ink.plain("T = " + row.interval())));
            row.cells()
                    .forEach(cell -> texts.add(
                            cell.run()
                                    ? ink.plain(cell.requests().shown() + " / "
                                            + cell.bytes().shown())
                                    : "not run"));
            rows.add(texts);
        }
        table(rows);
    }

    private void figures(SweepView view) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(
                List.of(ink.plain("T, λ, mode"), ink.plain("λT"), "mean", "wasted", "requests", "bytes"));
        if (view.losses()) {
            head.add("lost");
        }
        rows.add(head);
        for (SweepView.Row row : view.rows()) {
            for (SweepView.Cell cell : row.cells()) {
                for (SweepView.Mode mode : cell.modes()) {
                    List<String> figures = new ArrayList<>(List.of(
                            ink.plain(cell.interval() + ", " + cell.rate() + ", " + mode.name()),
                            ink.plain(cell.load()),
                            ink.plain(mode.mean()),
                            ink.plain(mode.wasted()),
                            ink.plain(mode.requests()),
                            ink.plain(mode.bytes())));
                    if (view.losses()) {
                        figures.add(ink.plain(mode.lost()));
                    }
                    rows.add(figures);
                }
            }
        }
        table(rows);
    }

    private void doubts(SweepView view) {
        for (SweepView.Row row : view.rows()) {
            for (SweepView.Cell cell : row.cells()) {
                cell.doubts()
                        .forEach(doubt -> wrapped("T = %s, λ = %s: %s: %s"
                                        .formatted(cell.interval(), cell.rate(), doubt.words(), doubt.figures()))
                                .forEach(line -> lines.add(ink.doubtful(line))));
            }
        }
    }

    private void table(List<List<String>> rows) {
        for (List<String> block : Layout.blocks(rows, 0)) {
            lines.add(ink.strong(block.get(0)));
            lines.addAll(block.subList(1, block.size()));
            lines.add("");
        }
    }

    private List<String> wrapped(String text) {
        return text.isBlank() ? List.of() : Layout.wrap(ink.plain(text), Layout.WIDTH);
    }
}
