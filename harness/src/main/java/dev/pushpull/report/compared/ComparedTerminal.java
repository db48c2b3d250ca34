package dev.pushpull.report.compared;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two runs side by side for a terminal of 80 columns. */
public final class ComparedTerminal {
    private static final int LABEL_WIDTH = 20;

    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private ComparedTerminal(Ink ink) {
        this.ink = ink;
    }

    /**
     * Lines of at most 80 columns, except paths.
     *
     * @param folder where the files are
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     */
    public static String render(RunComparison comparison, Path folder, boolean colour, boolean unicode) {
        return new ComparedTerminal(new Ink(colour, unicode)).lines(ComparedView.of(comparison), folder);
    }

    private String lines(ComparedView view, Path folder) {
        wrapped("A: " + view.first(), 0).forEach(line -> lines.add(ink.faint(line)));
        wrapped("B: " + view.second(), 0).forEach(line -> lines.add(ink.faint(line)));
        view.invalid().forEach(reason -> wrapped("INVALID " + reason, 0).forEach(line -> lines.add(ink.bad(line))));
        lines.add("");
        wrapped(view.answer(), 0).forEach(line -> lines.add(ink.strong(line)));
        differences(view);
        view.groups().forEach(this::group);
        lines.add("");
        view.notes().forEach(note -> lines.addAll(wrapped(note, 0)));
        // never wrapped, so that the path can be copied
        lines.add("Report: " + ink.plain(folder.resolve(ResultFiles.COMPARED).toString()));
        return String.join("\n", lines) + "\n";
    }

    private void differences(ComparedView view) {
        lines.add("");
        if (view.differences().isEmpty()) {
            lines.add("Same scenario, same environment.");
        } else {
            lines.add(ink.strong("Settings that differ"));
        }
        for (ScenarioDifferences.Difference difference : view.differences()) {
            List<String> text = wrapped(
                    difference.name() + ": " + difference.first() + " in A, " + difference.second() + " in B", 2);
            lines.add("  " + text.get(0));
            text.subList(1, text.size()).forEach(line -> lines.add("    " + line));
        }
        view.remarks().forEach(remark -> lines.addAll(wrapped(remark + ".", 0)));
    }

    private void group(ComparedView.Group group) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(ink.plain(group.name()), "A", "B", "B - A", ""));
        for (ComparedView.Line line : group.lines()) {
            rows.add(List.of(
                    label(line).get(0),
                    ink.plain(FigureText.brief(line.first())),
                    ink.plain(FigureText.brief(line.second())),
                    ink.plain(line.difference()),
                    line.judgement().words()));
        }
        for (List<String> block : Layout.blocks(rows, 0)) {
            lines.add("");
            lines.add(ink.strong(block.get(0)));
            for (int i = 1; i < block.size(); i++) {
                lines.add(coloured(group.lines().get(i - 1).judgement(), block.get(i)));
                label(group.lines().get(i - 1)).stream().skip(1).forEach(rest -> lines.add("  " + rest));
            }
        }
        wrapped(FigureText.explained(rows), 0).forEach(lines::add);
    }

    /** In as many lines as leave room for the figures. */
    private List<String> label(ComparedView.Line line) {
        return Layout.wrap(ink.plain(line.label()), LABEL_WIDTH);
    }

    private String coloured(Judgement judgement, String line) {
        return switch (judgement) {
            case BETTER -> ink.of(Standing.HOLDS, line);
            case WORSE -> ink.of(Standing.FAILS, line);
            default -> line;
        };
    }

    private List<String> wrapped(String text, int indent) {
        return text.isBlank() ? List.of() : Layout.wrap(ink.plain(text), Layout.WIDTH - 2 * indent);
    }
}
