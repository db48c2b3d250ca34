package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.RunRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measured, simulated and predicted figures, as text for people. */
final class ThreeAnswers {
    private ThreeAnswers() {}

    /**
     * One figure, ready to show.
     *
     * @param measured with the interval that it has everywhere
     * @param judged with the interval that phases alone would give, from which the verdict follows
     * @param kind the style of the verdict
     */
    record Line(
            String mode,
            String label,
            String measured,
            String judged,
            String simulated,
            String predicted,
            String tolerance,
            String verdict,
            String kind) {}

    static List<Line> of(RunRecord run) {
        return run.agreement().stream().map(line -> line(run, line)).toList();
    }

    private static Line line(RunRecord run, AgreementLine line) {
        String label = Arrays.stream(FigureNames.values())
                .filter(name -> name.column().equals(line.metric()))
                .findFirst()
                .map(FigureNames::label)
                .orElse(line.metric());
        Optional<Estimate> interval = line.measured().isEmpty()
                ? Optional.empty()
                : Optional.of(new Estimate(
                        line.measured().getAsDouble(),
                        line.ciLow().getAsDouble(),
                        line.ciHigh().getAsDouble(),
                        "replicates"));
        Figure judged = new Figure(
                line.metric(), label, line.measured(), Figure.TOO_FEW, interval, Optional.empty(), false, "");
        Figure measured = run.outcome(line.mode())
                .map(outcome -> Figure.of(run, outcome, line.metric(), label))
                .filter(figure -> figure.value().isPresent())
                .orElse(judged);
        return new Line(
                line.mode(),
                label,
                FigureText.withInterval(measured),
                line.measured().isPresent() ? FigureText.withInterval(judged) : "",
                FigureText.value(line.metric(), line.simulated()),
                line.predicted().isPresent()
                        ? FigureText.value(line.metric(), line.predicted().getAsDouble())
                        : "",
                "±" + tolerance(line),
                line.verdict() == AgreementLine.Verdict.DISAGREES
                        ? "DISAGREES"
                        : line.verdict().words().toLowerCase(Locale.ROOT),
                line.verdict().name().toLowerCase(Locale.ROOT));
    }

    private static String tolerance(AgreementLine line) {
        if (line.metric().equals("wasted_ratio")) {
            return Decimals.setting(100 * line.tolerance()) + " %";
        }
        return line.metric().startsWith("latency_")
                ? Decimals.settingMilliseconds(Decimals.rounded(line.tolerance()))
                : Decimals.setting(Decimals.rounded(line.tolerance()));
    }
}
