package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.schedule.TraceShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Facts about a trace itself, apart from how the modes handle it. */
final class TraceFindings {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private TraceFindings() {}

    /** Empty without a trace. */
    static List<Finding> of(Scenario scenario) {
        if (!(scenario.events().arrivals() instanceof TraceArrivals trace)) {
            return List.of();
        }
        long interval = scenario.polling().intervalNanos();
        TraceShape shape = TraceShape.of(
                trace.times(new SplittableRandom(0)), scenario.run().durationNanos(), interval);
        String window = Quantity.readable(interval);
        List<Finding> findings = new ArrayList<>();
        if (Double.isFinite(shape.gapVariation())) {
            findings.add(new Finding(
                    "Burstiness of the gaps",
                    shape.gapVariation(),
                    number("cv² = %.3g (0 periodic, 1 Poisson, more is bursty)", shape.gapVariation())));
        }
        if (Double.isFinite(shape.dispersion())) {
            findings.add(new Finding(
                    "Burstiness of the counts",
                    shape.dispersion(),
                    number("variance over mean = %.3g in windows of ", shape.dispersion()) + window));
        }
        findings.add(new Finding(
                "Waste of this trace",
                shape.wasted(),
                number("%.4g %% of polls find nothing, over a random phase", 100 * shape.wasted())));
        double hits = (1 - shape.poissonWasted()) / (1 - shape.wasted());
        findings.add(new Finding(
                "With Poisson events",
                shape.poissonWasted(),
                number("%.4g %% = e^(-λT); ", 100 * shape.poissonWasted())
                        + number("off by %+.3g points, ", 100 * (shape.poissonWasted() - shape.wasted()))
                        + number("%.3g times as many polls that find something", hits)));
        return findings;
    }

    /** Reasons to doubt the trace; for the run's warnings. */
    static List<String> warnings(Scenario scenario) {
        return scenario.events().arrivals() instanceof TraceArrivals trace
                        && trace.events() > 1
                        && Arrays.stream(trace.originalEpochNanos()).allMatch(time -> time % DAY_NANOS == 0)
                ? List.of("all of the trace's times are midnights, as dates without a time of day are read")
                : List.of();
    }

    private static String number(String text, double value) {
        return String.format(Locale.ROOT, text, value);
    }
}
