package dev.pushpull.report;

import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import java.util.List;
import java.util.stream.Collectors;

/** {@code table.md}: four common claims with figures and verdicts, and each further mode by itself. */
final class MarkdownTable {
    static final String BREAK = "<br>";

    private MarkdownTable() {}

    static String render(RunRecord given) {
        RunRecord run = given.pooled();
        DocumentTable table = DocumentTable.of(run);
        StringBuilder text = new StringBuilder(
                "# " + heading(table) + ", " + Simulated.named(run, "measured", "simulated") + "\n\n");
        text.append(plain(Answer.sentence(run))).append("\n\n");
        text.append(plain(Answer.scenario(given))).append(".\n\n");
        if (!run.valid()) {
            Soundness.reasons(run)
                    .forEach(reason ->
                            text.append("**INVALID** ").append(plain(reason)).append("\n\n"));
        }
        if (run.partial()) {
            text.append("**").append(plain(Soundness.partial(run))).append("**\n\n");
        }
        if (!table.columns().isEmpty()) {
            claims(text, run, table);
        }
        table.blocks().forEach(block -> block(text, run, block));
        text.append(Simulated.named(run, "Measured", "Simulated"))
                .append(" figures with their 95 % interval; in brackets what theory expects.\n");
        List<String> missing = Shortfall.lines(run);
        if (!missing.isEmpty()) {
            text.append("\nNot there at the end:\n\n");
            missing.forEach(line -> text.append("- ").append(plain(line)).append('\n'));
        }
        return text.append(warnings(Soundness.warnings(run))).toString();
    }

    private static String heading(DocumentTable table) {
        return table.columns().isEmpty() ? "Each mode by itself" : "Four common claims";
    }

    private static void claims(StringBuilder text, RunRecord run, DocumentTable table) {
        text.append("| Feature |");
        table.columns()
                .forEach(column ->
                        text.append(' ').append(plain(Modes.title(run, column))).append(" |"));
        text.append(" Verdict |\n| :--- |")
                .append(" :--- |".repeat(table.columns().size() + 1));
        for (DocumentTable.Row row : table.rows()) {
            text.append("\n| **").append(row.feature()).append("** |");
            row.cells().forEach(cell -> text.append(' ').append(cell(cell)).append(" |"));
            text.append(" **")
                    .append(row.verdict().standing().words())
                    .append(".** ")
                    .append(plain(row.verdict().sentence()))
                    .append(" |");
        }
        text.append("\n\n");
    }

    private static void block(StringBuilder text, RunRecord run, DocumentTable.Block block) {
        text.append("## ").append(plain(Modes.title(run, block.outcome()))).append("\n\n");
        if (!block.sentence().isEmpty()) {
            text.append(plain(block.sentence())).append("\n\n");
        }
        for (DocumentTable.Measured measured : block.features()) {
            text.append("- ")
                    .append(measured.feature())
                    .append(": ")
                    .append(measured.figures().stream()
                            .map(MarkdownTable::figure)
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        text.append('\n');
    }

    /** A list of them under a line of its own; empty where there are none. */
    static String warnings(List<String> warnings) {
        return warnings.isEmpty()
                ? ""
                : warnings.stream()
                        .map(warning -> "- " + plain(warning) + "\n")
                        .collect(Collectors.joining("", "\nWarnings:\n\n", ""));
    }

    private static String cell(DocumentTable.Cell cell) {
        List<String> lines = cell.figures().stream().map(MarkdownTable::figure).toList();
        return "*" + cell.statement() + "*" + BREAK + (lines.isEmpty() ? "not counted" : String.join(BREAK, lines));
    }

    private static String figure(Figure figure) {
        String expected = FigureText.expected(figure);
        return plain(FigureText.named(figure)) + (expected.isEmpty() ? "" : " [" + plain(expected) + "]");
    }

    /** Text that Markdown shows as it stands: no markup, no cell borders, one line. */
    static String plain(String text) {
        return TerminalText.unbounded(Secrets.masked(text.replaceAll("\\R", " ")))
                .codePoints()
                .mapToObj(character -> switch (character) {
                    case '\\', '`', '*', '_', '[', ']', '|', '#' -> "\\" + Character.toString(character);
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '&' -> "&amp;";
                    default -> Character.toString(character);
                })
                .collect(Collectors.joining());
    }
}
