package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.AgreementLine.Verdict;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the comparison of a cell with its simulation leaves open or contradicts. */
final class CellVerdicts {
    static final String TOO_FEW = Verdict.TOO_FEW_EVENTS.words();

    private CellVerdicts() {}

    /**
     * One verdict other than agreement.
     *
     * @param words {@code TOO FEW EVENTS} or {@code DISAGREES}
     * @param style of its badge
     * @param figures by mode: {@code polling: latency mean, latency p50}
     */
    record Doubt(String words, String style, String figures) {}

    /** Whether there were too few events to compare this figure. */
    static boolean tooFew(RunRecord cell, String mode, String column) {
        return cell.agreement().stream()
                .anyMatch(line -> line.mode().equals(mode)
                        && line.metric().equals(column)
                        && line.verdict() == Verdict.TOO_FEW_EVENTS);
    }

    /** The doubtful verdicts, each once; none where all figures agree or nothing was compared. */
    static List<Doubt> of(RunRecord cell) {
        List<Doubt> doubts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.DISAGREES, Verdict.TOO_FEW_EVENTS)) {
            Map<String, List<String>> byMode = new LinkedHashMap<>();
            for (AgreementLine line : cell.agreement()) {
                if (line.verdict() == verdict) {
                    byMode.computeIfAbsent(line.mode(), mode -> new ArrayList<>())
                            .add(FigureNames.of(line.metric())
                                    .map(FigureNames::label)
                                    .orElse(line.metric()));
                }
            }
            if (!byMode.isEmpty()) {
                List<String> parts = new ArrayList<>();
                byMode.forEach((mode, figures) -> parts.add(mode + " " + String.join(", ", figures)));
                doubts.add(
                        new Doubt(verdict.words(), verdict.name().toLowerCase(Locale.ROOT), String.join("; ", parts)));
            }
        }
        return doubts;
    }
}
