package dev.pushpull.report.standalone;

import dev.pushpull.report.shared.ColumnText;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.PartRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the page of a command that ran one side alone shows, in words; contains no markup. */
record PartView(
        String command,
        String runId,
        String answer,
        List<String> doubts,
        List<Fact> figures,
        boolean chart,
        String chartName,
        String chartText,
        boolean backlog,
        List<Happenings> happenings,
        String commandLine,
        List<Fact> environment,
        String startedAt) {
    private static final int MOST_ROWS = 200;

    /** What identifies the run, and what is in the answer's own words. */
    private static final Set<String> NOT_FIGURES = Set.of("run_id", "mode");

    /**
     * A table of single happenings.
     *
     * @param more how many rows the page leaves out, in words; may be empty
     */
    record Happenings(String name, String file, List<String> columns, List<List<String>> rows, String more) {}

    static PartView of(PartRecord part, List<Moments> moments) {
        Figures figures = new Figures(part.figures());
        return new PartView(
                part.command(),
                part.runId(),
                answer(part.command(), figures),
                doubts(figures),
                part.figures().entrySet().stream()
                        .filter(figure -> !NOT_FIGURES.contains(figure.getKey()))
                        .map(figure -> new Fact(ColumnText.label(figure.getKey()), figures.text(figure.getKey())))
                        .toList(),
                !moments.isEmpty(),
                moments.isEmpty() ? "" : moments.get(0).name(),
                moments.isEmpty() ? "" : moments.get(0).told(),
                figures.count("backlog") > 0,
                part.tables().stream()
                        .filter(table -> !table.rows().isEmpty())
                        .map(PartView::happenings)
                        .toList(),
                ShellWords.repeatable(part.commandLine()),
                part.environment().entrySet().stream()
                        .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                        .toList(),
                StartedAt.readable(part.startedAt()));
    }

    private static String answer(String command, Figures figures) {
        String span = figures.has("duration_s") ? " in " + figures.text("duration_s") : "";
        String half = figures.has("latency_p50_ms") ? ", half of them within " + figures.text("latency_p50_ms") : "";
        return switch (command) {
            case "poll" -> {
                String polls = Figures.counted(figures.count("polls"), "poll", "polls");
                String empty = figures.has("wasted_ratio")
                        ? "; " + figures.text("wasted_ratio") + " of the polls found nothing"
                        : "";
                yield figures.count("delivered") == 0
                        ? polls + span + " found nothing new"
                        : polls + " found " + Figures.counted(figures.count("delivered"), "new item", "new items")
                                + span + half + empty;
            }
            case "receive" -> {
                long refused = figures.sum("refused_");
                String not = refused == 0 ? "" : "; " + Figures.counted(refused, "request", "requests") + " refused";
                yield (figures.count("delivered") == 0
                                ? "No webhook was received" + span
                                : webhooks(figures.count("delivered")) + " received" + span + half)
                        + not;
            }
            default ->
                Figures.counted(figures.count("events"), "event", "events") + " occurred" + span + ": "
                        + Figures.counted(figures.count("polls"), "poll", "polls") + " answered, "
                        + webhooks(figures.count("acknowledged")) + " acknowledged";
        };
    }

    private static String webhooks(long count) {
        return Decimals.count(count) + (count == 1 ? " webhook" : " webhooks");
    }

    private static List<String> doubts(Figures figures) {
        List<String> doubts = new ArrayList<>();
        if (figures.count("negative_latencies") > 0) {
            doubts.add(webhooks(figures.count("negative_latencies"))
                    + " came before the event occurred: the clocks of the two hosts differ, so no delay is certain.");
        }
        if (figures.has("latency_within_ms")) {
            doubts.add("The provider's clock is not this host's: every delay is certain to within "
                    + figures.text("latency_within_ms") + ".");
        }
        if (figures.count("events_not_kept") > 0) {
            doubts.add(Figures.counted(figures.count("events_not_kept"), "event", "events")
                    + " could not be saved and did not occur.");
        }
        if (figures.count("events_not_reached") > 0) {
            doubts.add(Figures.counted(figures.count("events_not_reached"), "event was", "events were")
                    + " still due at the end.");
        }
        return doubts;
    }

    private static Happenings happenings(EvidenceTable table) {
        int rows = table.rows().size();
        String file = table.name() + ".csv";
        return new Happenings(
                table.name(),
                file,
                table.columns().stream().map(ColumnText::label).toList(),
                table.rows().stream()
                        .limit(MOST_ROWS)
                        .map(row -> row.stream().map(Decimals::cell).toList())
                        .toList(),
                rows <= MOST_ROWS
                        ? ""
                        : "The first %s of %s rows; all are in %s."
                                .formatted(Decimals.count(MOST_ROWS), Decimals.count(rows), file));
    }
}
