package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Markdown;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import java.util.List;

/** An answer to paste into a ticket or a decision record. */
final class AdviceMarkdown {
    private AdviceMarkdown() {}

    static String of(AdviceRecord record) {
        AdviceWords words = new AdviceWords(record);
        StringBuilder text = new StringBuilder();
        text.append("**").append(Markdown.plain(words.answer())).append("**\n\n");
        text.append(Markdown.plain(Sentences.capital(AdviceReport.asked(record))))
                .append(".\n\n");
        words.runnerUp()
                .ifPresent(sentence -> text.append(Markdown.plain(sentence)).append("\n\n"));
        table(record, words, text);
        list(
                text,
                "Not feasible",
                record.candidates().stream()
                        .filter(candidate -> !candidate.feasible())
                        .map(candidate -> candidate.mode() + ": " + candidate.reason())
                        .toList());
        list(text, "What would have to give", record.relaxations());
        list(text, "Where the answer changes", words.flips());
        list(text, "Checked", words.checks());
        list(text, "Seen from the provider", new ProviderWords(record).lines());
        text.append(Markdown.warnings(record.warnings()));
        return text.toString();
    }

    private static void table(AdviceRecord record, AdviceWords words, StringBuilder text) {
        List<Candidate> feasible =
                record.candidates().stream().filter(Candidate::feasible).toList();
        if (feasible.isEmpty()) {
            return;
        }
        text.append("| mode | settings | answer |");
        words.shown().forEach(column -> text.append(' ').append(column.label()).append(" |"));
        text.append("\n|---|---|---|").append("---:|".repeat(words.shown().size()));
        for (Candidate candidate : feasible) {
            text.append("\n| ")
                    .append(Markdown.plain(candidate.mode()))
                    .append(" | ")
                    .append(Markdown.plain(candidate.typed()))
                    .append(" | ")
                    .append(candidate.answer())
                    .append(" |");
            words.shown()
                    .forEach(column -> text.append(' ')
                            .append(Markdown.plain(words.value(candidate, column.column())))
                            .append(" |"));
        }
        text.append("\n");
    }

    private static void list(StringBuilder text, String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            text.append("\n").append(title).append(":\n\n");
            sentences.forEach(sentence ->
                    text.append("- ").append(Markdown.plain(sentence)).append("\n"));
        }
    }
}
