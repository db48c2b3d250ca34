package dev.pushpull.report.run;

import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was expected beside what was found, as tables for a terminal, the header of each first. */
final class AgreementRows {
    private AgreementRows() {}

    /** One table for each mode, named in its header; none without figures. */
    static List<List<List<String>>> of(RunRecord run, Ink ink) {
        return run.agreement().isEmpty() ? expected(run, ink) : threeAnswers(run, ink);
    }

    private static List<List<List<String>>> expected(RunRecord run, Ink ink) {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        for (Agreement.Line line : Agreement.lines(run)) {
            tables.computeIfAbsent(
                            line.mode(),
                            mode -> new ArrayList<>(List.of(
                                    run.simulated()
                                            ? List.of(ink.plain(mode), "simulated", "closed form", "verdict")
                                            : List.of(ink.plain(mode), "measured", "expected", "verdict"))))
                    .add(List.of(
                            ink.plain(line.figure().label()),
                            ink.plain(FigureText.withInterval(line.figure())),
                            ink.plain(FigureText.expectedValue(line.figure())),
                            line.verdict().words()));
        }
        return List.copyOf(tables.values());
    }

    private static List<List<List<String>>> threeAnswers(RunRecord run, Ink ink) {
        List<List<List<String>>> tables = new ArrayList<>();
        for (String mode : run.scenario().run().modes()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(ink.plain(mode), "measured", "simulated", "predicted", "verdict"));
            for (ThreeAnswers.Line line : ThreeAnswers.of(run)) {
                if (line.mode().equals(mode)) {
                    rows.add(List.of(
                            ink.plain(line.label()),
                            ink.plain(line.measured()),
                            ink.plain(line.simulated()),
                            ink.plain(line.predicted()),
                            line.verdict()));
                }
            }
            tables.add(rows);
        }
        return tables;
    }
}
