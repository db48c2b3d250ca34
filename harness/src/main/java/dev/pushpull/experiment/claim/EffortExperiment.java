package dev.pushpull.experiment.claim;

import dev.pushpull.experiment.claim.LoadSweep.Cell;
import dev.pushpull.experiment.claim.LoadVerdict.Margin;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.EvidenceTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a polling client makes more requests than a server would send, and up to which load factor. */
final class EffortExperiment implements ClaimExperiment {
    private static final String COLUMN = "requests_per_delivery";

    @Override
    public Claim claim() {
        return Claim.EFFORT;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        return judged(setting.loadSweep());
    }

    static ClaimFinding judged(LoadSweep sweep) {
        return dearer(sweep, Claim.EFFORT, COLUMN, "requests", "crossover_requests_load_factor");
    }

    /** Whether a delivery costs more of something by polling than by webhook. */
    static ClaimFinding dearer(LoadSweep sweep, Claim claim, String column, String unit, String crossover) {
        EvidenceTable evidence = sweep.evidence();
        List<Margin> margins = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Cell cell : sweep.byLoad()) {
            Reading polled = Reading.of(cell.polling(), column);
            Reading pushed = Reading.of(cell.webhook(), column);
            if (polled.exists() && pushed.exists()) {
                margins.add(new Margin(
                        cell.load(),
                        Math.log(polled.value() / pushed.value()),
                        Math.log(polled.low() / pushed.high()),
                        Math.log(polled.high() / pushed.low())));
            }
            figures.add(Figure.of(
                            column + at(cell),
                            unit,
                            polled.value(),
                            pushed.value(),
                            evidence.cited("load_factor", column))
                    .predicted(Reading.predicted(cell.polling(), column), Reading.predicted(cell.webhook(), column)));
        }
        double predicted = sweep.byLoad().stream()
                .mapToDouble(cell -> Reading.predicted(cell.polling(), crossover))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
        double measured =
                LoadVerdict.crossing(margins).map(crossing -> crossing.load()).orElse(Double.NaN);
        figures.add(Figure.of(crossover, "events/interval", measured, Double.NaN, evidence.cited("load_factor", column))
                .predicted(predicted, Double.NaN));
        LoadVerdict verdict = LoadVerdict.of(margins);
        return new ClaimFinding(
                claim,
                verdict.verdict(),
                verdict.bound(),
                said(margins, unit, measured, predicted),
                figures,
                List.of(evidence));
    }

    static String at(Cell cell) {
        return String.format(Locale.ROOT, "_at_load_%.2g", cell.load());
    }

    private static String said(List<Margin> margins, String unit, double measured, double predicted) {
        if (margins.isEmpty()) {
            return "no cell that can be relied on had deliveries both ways";
        }
        Margin first = margins.get(0);
        Margin last = margins.get(margins.size() - 1);
        String ends = String.format(
                Locale.ROOT,
                "a delivery by polling takes %.2f times the %s of one by webhook at lambda*T = %.2g, %.2f times at %.2g",
                Math.exp(first.value()),
                unit,
                first.load(),
                Math.exp(last.value()),
                last.load());
        return Double.isNaN(measured)
                ? ends
                : ends + String.format(Locale.ROOT, "; as many at %.2f, predicted %.2f", measured, predicted);
    }
}
