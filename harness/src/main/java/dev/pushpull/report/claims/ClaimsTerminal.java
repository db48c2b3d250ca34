package dev.pushpull.report.claims;

import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.scenario.ClaimsRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tested claims, for a terminal of 80 columns: each with its verdict, the reason, and its figures. */
public final class ClaimsTerminal {
    private static final int INDENT = 2;

    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private ClaimsTerminal(Ink ink) {
        this.ink = ink;
    }

    /**
     * Lines of at most 80 columns, except paths.
     *
     * @param folder where the files are; empty when they could not be written
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     */
    public static String render(ClaimsRecord claims, Optional<Path> folder, boolean colour, boolean unicode) {
        return new ClaimsTerminal(new Ink(colour, unicode)).lines(ClaimsView.of(claims), folder);
    }

    private String lines(ClaimsView view, Optional<Path> folder) {
        wrapped(view.partial(), 0).forEach(line -> lines.add(ink.doubtful(line)));
        view.answer().forEach(sentence -> wrapped(sentence, 0).forEach(line -> lines.add(ink.strong(line))));
        lines.add("");
        for (ClaimsView.Row row : view.rows()) {
            lines.add(ink.strong(row.title()) + ink.faint(" (" + row.claim() + ")"));
            wrapped(row.verdict(), INDENT).forEach(line -> lines.add(ink.of(row.standing(), line)));
            wrapped("\"" + row.statement() + "\"", INDENT).forEach(line -> lines.add(ink.faint(line)));
            wrapped(row.reason(), INDENT).forEach(lines::add);
            figures(row);
            lines.add("");
        }
        lines.add("Predicted values stand in brackets.");
        // never wrapped, so that the path can be copied
        folder.ifPresent(path ->
                lines.add("Report: " + ink.plain(path.resolve("report.html").toString())));
        return String.join("\n", lines) + "\n";
    }

    private void figures(ClaimsView.Row row) {
        List<List<String>> table = new ArrayList<>();
        table.add(cells(
                "", row.ways().stream().map(way -> way.toLowerCase(Locale.ROOT)).toList()));
        for (ClaimsView.Line line : row.figures()) {
            String label = line.unit().isEmpty() ? line.metric() : line.metric() + ", " + line.unit();
            table.add(cells(
                    ink.plain(label), line.values().stream().map(ink::plain).toList()));
        }
        for (List<String> block : Layout.blocks(table, INDENT)) {
            lines.addAll(block);
        }
    }

    private static List<String> cells(String first, List<String> others) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.addAll(others);
        return cells;
    }

    private List<String> wrapped(String text, int indent) {
        return text.isBlank()
                ? List.of()
                : Layout.wrap(ink.plain(text), Layout.WIDTH - indent).stream()
                        .map(line -> " ".repeat(indent) + line)
                        .toList();
    }
}
