package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes wrong on purpose in a run, in words. */
final class FaultText {
    private FaultText() {}

    /** Empty where nothing does. */
    static Optional<String> of(Scenario.Faults faults) {
        List<String> parts = new ArrayList<>();
        for (Outage outage : faults.outages()) {
            String length = "all consumers down for " + Decimals.duration(outage.lengthNanos());
            parts.add(
                    outage.periodNanos() > 0
                            ? "%s after each %s, %s times"
                                    .formatted(
                                            length,
                                            Decimals.duration(outage.periodNanos()),
                                            Decimals.count(outage.count()))
                            : length + " from " + Decimals.duration(outage.startNanos()) + " on");
        }
        if (faults.meanUpNanos() > 0) {
            parts.add("each consumer by itself up for %s and down for %s on average"
                    .formatted(Decimals.duration(faults.meanUpNanos()), Decimals.duration(faults.meanDownNanos())));
        }
        if (faults.failureRate() > 0) {
            parts.add("%s %% of webhook attempts fail".formatted(Decimals.setting(100 * faults.failureRate())));
        }
        if (faults.duplicateRate() > 0) {
            parts.add("%s %% of the others are answered as if they had"
                    .formatted(Decimals.setting(100 * faults.duplicateRate())));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }
}
