package dev.pushpull.report.claims;

import dev.pushpull.report.shared.Markdown;

/** {@code table.md} for tested claims: each with its verdict, then its figures. */
final class ClaimsMarkdown {
    private ClaimsMarkdown() {}

    static String render(ClaimsView view) {
        StringBuilder text =
                new StringBuilder("# Common statements about webhooks and other ways, put to the test\n\n");
        if (!view.partial().isEmpty()) {
            text.append("**").append(Markdown.plain(view.partial())).append("**\n\n");
        }
        view.answer().forEach(sentence -> text.append(Markdown.plain(sentence)).append('\n'));
        text.append("\n| Claim | Statement | Verdict | Why |\n| :--- | :--- | :--- | :--- |\n");
        for (ClaimsView.Row row : view.rows()) {
            text.append("| ")
                    .append(Markdown.plain(row.title()))
                    .append(" | ")
                    .append(Markdown.plain(row.statement()))
                    .append(" | **")
                    .append(Markdown.plain(row.verdict()))
                    .append("** | ")
                    .append(Markdown.plain(row.reason()))
                    .append(" |\n");
        }
        text.append("\nPredicted values stand in brackets.\n");
        for (ClaimsView.Row row : view.rows()) {
            text.append("\n## ").append(Markdown.plain(row.title())).append("\n\n| Figure | Unit |");
            row.ways().forEach(way -> text.append(' ').append(way).append(" |"));
            text.append(" Evidence |\n| :--- | :--- |")
                    .append(" ---: |".repeat(row.ways().size()))
                    .append(" :--- |\n");
            for (ClaimsView.Line line : row.figures()) {
                text.append("| ")
                        .append(Markdown.plain(line.metric()))
                        .append(" | ")
                        .append(Markdown.plain(line.unit()))
                        .append(" |");
                line.values().forEach(value -> text.append(' ').append(value).append(" |"));
                text.append(' ').append(Markdown.plain(line.evidence())).append(" |\n");
            }
        }
        return text.toString();
    }
}
