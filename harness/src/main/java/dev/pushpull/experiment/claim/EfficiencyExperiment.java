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

/** Whether more than half of the polls are empty, and up to which load factor; a webhook never is. */
final class EfficiencyExperiment implements ClaimExperiment {
    private static final String COLUMN = "wasted_ratio";
    private static final double MANY = 0.5;

    @Override
    public Claim claim() {
        return Claim.EFFICIENCY;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        return judged(setting.loadSweep());
    }

    static ClaimFinding judged(LoadSweep sweep) {
        EvidenceTable evidence = sweep.evidence();
        List<Margin> margins = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Cell cell : sweep.byLoad()) {
            Reading wasted = Reading.of(cell.polling(), COLUMN);
            if (wasted.exists()) {
                margins.add(new Margin(cell.load(), wasted.value() - MANY, wasted.low() - MANY, wasted.high() - MANY));
            }
            double emptyWebhooks = (double) cell.webhook().counts().emptyPolls()
                    / cell.webhook().counts().requests();
            figures.add(Figure.of(
                            COLUMN + EffortExperiment.at(cell),
                            "ratio",
                            wasted.value(),
                            emptyWebhooks,
                            evidence.cited("load_factor", COLUMN))
                    .predicted(Reading.predicted(cell.polling(), COLUMN), 0));
        }
        double half =
                LoadVerdict.crossing(margins).map(crossing -> crossing.load()).orElse(Double.NaN);
        figures.add(Figure.of(
                        "half_of_the_polls_empty_load_factor",
                        "events/interval",
                        half,
                        Double.NaN,
                        evidence.cited("load_factor", COLUMN))
                .predicted(Math.log(2), Double.NaN));
        LoadVerdict verdict = LoadVerdict.of(margins);
        String reason = margins.isEmpty()
                ? "no cell that can be relied on"
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of the polls are empty at lambda*T = %.2g and %.1f %% at %.2g; half of them at %.2f,"
                                + " predicted ln 2 = 0.69",
                        100 * (margins.get(0).value() + MANY),
                        margins.get(0).load(),
                        100 * (margins.get(margins.size() - 1).value() + MANY),
                        margins.get(margins.size() - 1).load(),
                        half);
        return new ClaimFinding(
                Claim.EFFICIENCY, verdict.verdict(), verdict.bound(), reason, figures, List.of(evidence));
    }
}
