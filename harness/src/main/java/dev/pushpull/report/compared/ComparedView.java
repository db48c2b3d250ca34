package dev.pushpull.report.compared;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two runs side by side as terminal and page show them: words and figures, no markup. */
record ComparedView(
        String first,
        String second,
        String title,
        List<String> sentences,
        List<String> invalid,
        List<ScenarioDifferences.Difference> differences,
        List<String> remarks,
        List<Group> groups,
        List<String> notes) {

    /** The figures of one mode, in one cell of a sweep. */
    record Group(String name, List<Line> lines) {}

    /**
     * One figure.
     *
     * @param firstInterval may be empty
     * @param secondInterval may be empty
     */
    record Line(
            String label,
            String meaning,
            String first,
            String firstInterval,
            String second,
            String secondInterval,
            String difference,
            Judgement judgement) {
        /** For the style sheet. */
        String kind() {
            return judgement.name().toLowerCase(Locale.ROOT);
        }

        String words() {
            return judgement.words();
        }
    }

    static ComparedView of(RunComparison comparison) {
        return new ComparedView(
                name(comparison.first()),
                name(comparison.second()),
                ComparedTitles.page(comparison),
                sentences(comparison),
                comparison.invalid(),
                comparison.differences(),
                comparison.remarks(),
                groups(comparison),
                notes(comparison));
    }

    private static String name(StoredRun run) {
        RunRecord cell = run.cells().get(0);
        return cell.runId() + ", " + run.command() + " of " + StartedAt.readable(cell.startedAt())
                + (cell.partial() ? ", PARTIAL" : "");
    }

    /** All sentences, for a terminal. */
    String answer() {
        return String.join(" ", sentences);
    }

    private static List<String> sentences(RunComparison comparison) {
        String worse = ComparedTitles.named(comparison, Judgement.WORSE);
        String better = ComparedTitles.named(comparison, Judgement.BETTER);
        String configured = ComparedTitles.named(comparison, Judgement.AS_CONFIGURED);
        List<String> sentences = new ArrayList<>();
        if (!worse.isEmpty()) {
            sentences.add("B is worse in " + worse + ".");
        }
        if (!better.isEmpty()) {
            sentences.add("B is better in " + better + ".");
        }
        if (!configured.isEmpty()) {
            sentences.add("B differs as configured in " + configured + ".");
        }
        if (sentences.isEmpty()) {
            sentences.add("No difference that these runs could tell.");
        }
        lost(
                sentences,
                "A",
                comparison.pairs().stream().map(pair -> pair.first().pooled()).toList());
        lost(
                sentences,
                "B",
                comparison.pairs().stream().map(pair -> pair.second().pooled()).toList());
        return sentences;
    }

    private static void lost(List<String> sentences, String which, List<RunRecord> cells) {
        String lost = Losses.of(cells, mode -> true);
        if (!lost.isEmpty()) {
            sentences.add("In " + which + " were lost" + lost.substring(lost.indexOf(':')));
        }
    }

    private static List<Group> groups(RunComparison comparison) {
        List<Group> groups = new ArrayList<>();
        comparison.figures().stream()
                .filter(ComparedFigure::isWorthALine)
                .filter(figure -> !saidAlready(comparison, figure.metric().column()))
                .collect(Collectors.groupingBy(
                        figure -> (figure.cell().isEmpty() ? "" : figure.cell() + ": ") + figure.mode(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((name, figures) -> groups.add(
                        new Group(name, figures.stream().map(ComparedView::line).toList())));
        return groups;
    }

    /** A total without fixed sums is the requests bill once more, and connections that are not held are a line already. */
    private static boolean saidAlready(RunComparison comparison, String column) {
        List<RunRecord> runs = comparison.pairs().stream()
                .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                .toList();
        return switch (column) {
            case MonthlySums.TOTAL ->
                runs.stream().noneMatch(run -> run.pricing().hasFixedSums());
            case "connections_per_delivery" ->
                runs.stream()
                        .flatMap(run -> run.outcomes().stream())
                        .allMatch(outcome -> outcome.counts().held().streams() == 0);
            default -> false;
        };
    }

    private static Line line(ComparedFigure figure) {
        return new Line(
                figure.label(),
                figure.metric().meaning(),
                FigureText.value(figure.first()),
                FigureText.interval(figure.first()),
                FigureText.value(figure.second()),
                FigureText.interval(figure.second()),
                FigureText.difference(
                        figure.metric().column(), currency(figure), figure.difference(), figure.interval()),
                figure.judgement());
    }

    /** Of a sum of money; both are in the same currency, or they would not be compared. */
    private static String currency(ComparedFigure figure) {
        return figure.first().currency();
    }

    private static List<String> notes(RunComparison comparison) {
        List<String> notes = new ArrayList<>();
        notes.add(comparison.count() + ". Differences have simultaneous 95 % intervals, made of the runs' own; a figure"
                + " without an interval gets no verdict. As configured: the settings that differ ask for it.");
        RunRecord first = comparison.pairs().get(0).first();
        RunRecord second = comparison.pairs().get(0).second();
        machine(
                "a bare round trip (p50)",
                first.noise().floorRoundTrip(),
                second.noise().floorRoundTrip(),
                0.5,
                notes);
        machine(
                "the machine's pauses (p99)",
                first.noise().hiccups(),
                second.noise().hiccups(),
                0.99,
                notes);
        if (!first.simulated()) {
            notes.add("An interval knows how its own run scattered, not how the machine changed between the runs.");
        }
        return notes;
    }

    private static void machine(String what, Distribution first, Distribution second, double p, List<String> notes) {
        if (first.quantileMillis(p).isPresent() && second.quantileMillis(p).isPresent()) {
            notes.add("Meanwhile %s took %s in A and %s in B."
                    .formatted(
                            what,
                            Decimals.milliseconds(first.quantileMillis(p).getAsDouble()),
                            Decimals.milliseconds(second.quantileMillis(p).getAsDouble())));
        }
    }
}
