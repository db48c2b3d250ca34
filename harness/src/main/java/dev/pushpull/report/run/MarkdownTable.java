package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Markdown;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.stream.Collectors;

/** {@code table.md}: four common claims with figures and verdicts, and each other mode on its own. */
final class MarkdownTable {
    private MarkdownTable() {}

    static String render(RunRecord given) {
        RunRecord run = given.pooled();
        FourClaims table = FourClaims.of(run);
        StringBuilder text = new StringBuilder(
                "# " + heading(table) + ", " + Simulated.named(run, "measured", "simulated") + "\n\n");
        text.append(Markdown.plain(Answer.sentence(run))).append("\n\n");
        text.append(Markdown.plain(Sentences.capital(Answer.scenario(given)))).append(".\n\n");
        if (!run.valid()) {
            Soundness.reasons(run)
                    .forEach(reason -> text.append("**INVALID** ")
                            .append(Markdown.plain(reason))
                            .append("\n\n"));
        }
        if (run.partial()) {
            text.append("**").append(Markdown.plain(Soundness.partial(run))).append("**\n\n");
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
            missing.forEach(
                    line -> text.append("- ").append(Markdown.plain(line)).append('\n'));
        }
        return text.append(Markdown.warnings(Soundness.warnings(run))).toString();
    }

    private static String heading(FourClaims table) {
        return table.columns().isEmpty() ? "Each mode by itself" : "Four common claims";
    }

    private static void claims(StringBuilder text, RunRecord run, FourClaims table) {
        text.append("| Feature |");
        table.columns()
                .forEach(column -> text.append(' ')
                        .append(Markdown.plain(Modes.title(run, column)))
                        .append(" |"));
        text.append(" Verdict |\n| :--- |")
                .append(" :--- |".repeat(table.columns().size() + 1));
        for (FourClaims.Row row : table.rows()) {
            text.append("\n| **").append(row.feature()).append("** |");
            row.cells().forEach(cell -> text.append(' ').append(cell(run, cell)).append(" |"));
            text.append(" **")
                    .append(row.verdict().standing().words())
                    .append(".** ")
                    .append(Markdown.plain(row.verdict().sentence()))
                    .append(" |");
        }
        text.append("\n\n");
    }

    private static void block(StringBuilder text, RunRecord run, FourClaims.Block block) {
        text.append("## ")
                .append(Markdown.plain(Modes.title(run, block.outcome())))
                .append("\n\n");
        if (!block.sentence().isEmpty()) {
            text.append(Markdown.plain(block.sentence())).append("\n\n");
        }
        for (FourClaims.Measured measured : block.features()) {
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

    private static String cell(RunRecord run, FourClaims.Cell cell) {
        List<String> lines = cell.figures().stream().map(MarkdownTable::figure).toList();
        return "*" + cell.statement() + "*" + Markdown.BREAK
                + (lines.isEmpty()
                        ? Simulated.named(run, "not measured", "not simulated")
                        : String.join(Markdown.BREAK, lines));
    }

    private static String figure(Figure figure) {
        String expected = FigureText.expected(figure);
        return Markdown.plain(FigureText.named(figure))
                + (expected.isEmpty() ? "" : " [" + Markdown.plain(expected) + "]");
    }
}
