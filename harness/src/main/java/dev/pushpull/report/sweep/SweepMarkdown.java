package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Markdown;
import java.util.ArrayList;
import java.util.List;

/** {@code table.md} of a sweep: the answer in words, then a table of interval by rate. */
final class SweepMarkdown {
    private SweepMarkdown() {}

    static String render(SweepView view) {
        StringBuilder text = new StringBuilder("# " + Markdown.plain(view.heading()) + "\n\n");
        view.invalid()
                .forEach(reason -> text.append("**INVALID** ")
                        .append(Markdown.plain(reason))
                        .append("\n\n"));
        if (!view.partial().isEmpty()) {
            text.append("**").append(Markdown.plain(view.partial())).append("**\n\n");
        }
        view.answer()
                .forEach(sentence ->
                        text.append("- ").append(Markdown.plain(sentence)).append('\n'));
        text.append('\n').append(Markdown.plain(view.scenario())).append(".\n\n| T \\\\ λ |");
        view.rates()
                .forEach(rate -> text.append(' ').append(Markdown.plain(rate)).append(" |"));
        text.append("\n| :--- |").append(" :--- |".repeat(view.rates().size()));
        for (SweepView.Row row : view.rows()) {
            text.append("\n| **").append(row.interval()).append("** |");
            row.cells()
                    .forEach(cell ->
                            text.append(' ').append(cell(cell, view.losses())).append(" |"));
        }
        return text.append("\n\nOf each mode: mean delay, empty polls, requests and bytes per delivered event")
                .append(view.losses() ? ", deliveries lost. " : ". ")
                .append(SweepView.READING)
                .append('\n')
                .append(Markdown.warnings(view.warnings()))
                .toString();
    }

    private static String cell(SweepView.Cell cell, boolean losses) {
        if (!cell.run()) {
            return "not run";
        }
        List<String> lines = new ArrayList<>(List.of("λT = " + cell.load()));
        cell.notes().forEach(note -> lines.add("**" + note + "**"));
        for (SweepView.Mode mode : cell.modes()) {
            lines.add(Markdown.plain(mode.name() + ": "
                    + String.join(", ", mode.mean(), mode.wasted(), mode.requests() + " requests", mode.bytes())
                    + (losses ? ", " + mode.lost() + " lost" : "")));
        }
        lines.add("fewest requests: **" + Markdown.plain(cell.requests().shown()) + "**");
        lines.add("fewest bytes: **" + Markdown.plain(cell.bytes().shown()) + "**");
        cell.doubts().forEach(doubt -> lines.add(Markdown.plain(doubt.words() + ": " + doubt.figures())));
        return String.join(Markdown.BREAK, lines);
    }
}
