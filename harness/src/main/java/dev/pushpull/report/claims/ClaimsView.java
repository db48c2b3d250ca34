package dev.pushpull.report.claims;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What all outputs say about tested claims, as text. */
record ClaimsView(
        String runId,
        String heading,
        String partial,
        List<String> answer,
        List<Row> rows,
        String commandLine,
        String startedAt,
        List<Fact> environment) {

    /**
     * One claim.
     *
     * @param claim its name on the command line
     * @param title what it is called
     * @param verdict for people, for instance {@code HOLDS WHEN λT < 1.0}
     * @param style of the badge
     * @param ways the columns of its figures
     * @param chart of its figures, where one helps
     */
    record Row(
            String claim,
            String title,
            String statement,
            String verdict,
            Standing standing,
            String style,
            String reason,
            List<String> ways,
            List<Line> figures,
            List<DotChart> chart,
            List<Table> evidence) {}

    /**
     * One figure.
     *
     * @param values a text for each way, with theory's value beside the measured one
     */
    record Line(String metric, String unit, List<String> values, String evidence) {}

    /** Evidence, as in its file. */
    record Table(String path, List<String> columns, List<List<String>> rows) {}

    /** The answer without its first sentence, which is the heading. */
    List<String> further() {
        return answer.subList(1, answer.size());
    }

    static ClaimsView of(ClaimsRecord claims) {
        return new ClaimsView(
                claims.runId(),
                heading(claims),
                claims.partial() ? "Interrupted: what was found until then." : "",
                answer(claims),
                claims.findings().stream().map(ClaimsView::row).toList(),
                ShellWords.repeatable(claims.commandLine()),
                StartedAt.readable(claims.startedAt()),
                claims.environment().entrySet().stream()
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static List<String> answer(ClaimsRecord claims) {
        List<String> sentences = new ArrayList<>();
        sentences.add(heading(claims) + ".");
        if (claims.quick()) {
            sentences.add("A quick run: short experiments, which decide less.");
        }
        return sentences;
    }

    private static String heading(ClaimsRecord claims) {
        List<String> counted = new ArrayList<>();
        count(counted, claims, Verdict.HOLDS, "hold");
        count(counted, claims, Verdict.HOLDS_WHEN, "hold within a bound");
        count(counted, claims, Verdict.FAILS, "fail");
        count(counted, claims, Verdict.INCONCLUSIVE, "could not be decided");
        return "Of %d statement%s put to the test, %s"
                .formatted(
                        claims.findings().size(),
                        claims.findings().size() == 1 ? "" : "s",
                        counted.isEmpty() ? "none was finished" : String.join(", ", counted));
    }

    private static void count(List<String> counted, ClaimsRecord claims, Verdict verdict, String words) {
        long count = claims.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
        if (count > 0) {
            counted.add(count + " " + words);
        }
    }

    private static Row row(ClaimFinding finding) {
        Standing standing = standing(finding.verdict());
        return new Row(
                finding.claim().id(),
                finding.claim().title(),
                finding.claim().statement(),
                (finding.verdict().name().replace('_', ' ') + " " + signed(finding.bound())).strip(),
                standing,
                standing.name().toLowerCase(Locale.ROOT),
                signed(finding.reason()),
                ClaimWay.of(finding).stream().map(ClaimWay::name).toList(),
                finding.figures().stream().map(figure -> line(finding, figure)).toList(),
                ClaimChart.of(finding).stream().toList(),
                finding.evidence().stream().map(ClaimsView::table).toList());
    }

    /** Load factor and microseconds by their signs, as everywhere else; a terminal without them writes ASCII again. */
    private static String signed(String text) {
        return text.replace("lambda*T", "λT").replaceAll("(?<=^|\\d )us\\b", "µs");
    }

    private static Standing standing(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> Standing.HOLDS;
            case HOLDS_WHEN -> Standing.HOLDS_IN_PART;
            case FAILS -> Standing.FAILS;
            case INCONCLUSIVE -> Standing.UNDECIDED;
        };
    }

    private static Line line(ClaimFinding finding, ClaimFinding.Figure figure) {
        return new Line(
                figure.inWords(),
                signed(figure.unit()),
                ClaimWay.of(finding).stream()
                        .map(way -> beside(
                                way.measured().apply(figure), way.predicted().apply(figure)))
                        .toList(),
                figure.evidence());
    }

    private static String beside(OptionalDouble measured, OptionalDouble predicted) {
        String text = measured.isPresent() ? Decimals.significant(measured.getAsDouble()) : "";
        return predicted.isPresent()
                ? (text + " (" + Decimals.significant(predicted.getAsDouble()) + ")").strip()
                : text;
    }

    private static Table table(EvidenceTable table) {
        return new Table(
                table.path(),
                table.columns(),
                table.rows().stream()
                        .map(row -> row.stream()
                                .map(cell -> cell instanceof Double number
                                        ? Decimals.significant(number)
                                        : String.valueOf(cell))
                                .toList())
                        .toList());
    }
}
