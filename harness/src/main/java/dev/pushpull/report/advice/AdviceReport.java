package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer for a terminal: the sentence, the table, what excludes the rest, and where the answer changes. */
public final class AdviceReport {
    private final AdviceRecord record;
    private final AdviceWords words;
    private final Ink ink;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private AdviceReport(AdviceRecord record, Ink ink, int width) {
        this.record = record;
        this.words = new AdviceWords(record);
        this.ink = ink;
        this.width = width;
    }

    /**
     * Lines of at most this many columns.
     *
     * @param folder where the page is; empty when there is none
     * @param explain whether to print each figure's formula
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     * @param width columns, at least 60
     */
    public static String render(
            AdviceRecord record, Optional<Path> folder, boolean explain, boolean colour, boolean unicode, int width) {
        AdviceReport report = new AdviceReport(record, new Ink(colour, unicode), width);
        report.write();
        if (explain) {
            report.explain();
        }
        folder.ifPresent(path -> {
            report.lines.add("");
            // never wrapped, so that the path can be copied
            report.lines.add(
                    "Report: " + report.ink.plain(path.resolve("report.html").toString()));
        });
        return String.join("\n", report.lines) + "\n";
    }

    private void write() {
        wrapped("", "advise: " + asked(record), false);
        lines.add("");
        wrapped("", words.answer(), true);
        words.runnerUp().ifPresent(sentence -> wrapped("", sentence, false));
        record.chosen().ifPresent(best -> wrapped("", "Measure it: " + words.measure(best), false));
        table();
        settings();
        section(
                "Not feasible",
                record.candidates().stream()
                        .filter(candidate -> !candidate.feasible())
                        .map(candidate -> candidate.mode() + ": " + candidate.reason())
                        .toList());
        section("What would have to give", record.relaxations());
        section("Where the answer changes", words.flips());
        section("Checked", words.checks());
        section("Seen from the provider", new ProviderWords(record).lines());
        section("Warnings", record.warnings());
    }

    /** The question, in words. */
    static String asked(AdviceRecord record) {
        Scenario.Events events = record.scenario().events();
        return "%s arrivals, %s a stream, N = %s%s; least %s"
                .formatted(
                        events.arrivals().called(),
                        events.readableRate(),
                        Decimals.count(events.consumers()),
                        record.constraints().isEmpty() ? "" : "; " + Sentences.listed(record.constraints()),
                        record.objective().words());
    }

    private void table() {
        List<Candidate> feasible =
                record.candidates().stream().filter(Candidate::feasible).toList();
        if (feasible.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", "answer"));
        words.shown().forEach(column -> head.add(column.label()));
        rows.add(head);
        for (Candidate candidate : feasible) {
            List<String> row = new ArrayList<>(List.of(ink.plain(candidate.mode()), candidate.answer()));
            words.shown().forEach(column -> row.add(ink.plain(words.value(candidate, column.column()))));
            rows.add(row);
        }
        for (List<String> block : Layout.blocks(rows, 0)) {
            lines.add("");
            lines.add(ink.strong(block.get(0)));
            lines.addAll(block.subList(1, block.size()));
        }
    }

    private void settings() {
        section(
                "Settings",
                record.candidates().stream()
                        .filter(Candidate::feasible)
                        .filter(candidate -> !candidate.settings().isEmpty())
                        .map(candidate -> candidate.mode() + ": " + candidate.typed()
                                + (candidate.binding().isEmpty() ? "" : "; set by " + candidate.binding()))
                        .toList());
    }

    private void section(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(ink.strong(title));
        sentences.forEach(sentence -> wrapped("  ", sentence, false));
    }

    private void explain() {
        for (Candidate candidate : record.candidates()) {
            if (candidate.feasible() && !candidate.formulas().isEmpty()) {
                section("How " + candidate.mode() + " is calculated", Explained.lines(candidate, words, record));
            }
        }
    }

    /** @param indent of the first line; the others stand two columns further in */
    private void wrapped(String indent, String text, boolean strong) {
        String further = indent.isEmpty() ? "" : indent + "  ";
        List<String> parts = Layout.wrap(ink.plain(text), width - further.length());
        for (int i = 0; i < parts.size(); i++) {
            String line = (i == 0 ? indent : further) + parts.get(i);
            lines.add(strong ? ink.strong(line) : line);
        }
    }
}
