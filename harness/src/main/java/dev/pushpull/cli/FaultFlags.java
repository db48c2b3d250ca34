package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags that say what goes wrong in virtual time. */
@FlagGroup.In(FlagGroup.FAULTS)
final class FaultFlags {
    private static final String OUTAGE = "--outage";
    private static final String ACCEPTED = "LENGTH@START such as 10m@2h";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = OUTAGE,
            paramLabel = "LENGTH@START",
            description =
                    "Take all consumers down for LENGTH, START after the beginning, such as 10m@2h " + "(repeatable).")
    private List<String> outages = new ArrayList<>();

    @Option(
            names = "--mean-up",
            paramLabel = "DURATION",
            description = "Random outages of each consumer: mean time between them (with --mean-down).")
    private Duration meanUp;

    @Option(
            names = "--mean-down",
            paramLabel = "DURATION",
            description = "Random outages of each consumer: mean length (with --mean-up).")
    private Duration meanDown;

    @Option(
            names = "--failure-rate",
            paramLabel = "FRACTION",
            defaultValue = "0",
            description =
                    "Share of webhook attempts that fail for no other reason, 0 to 1 (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = 1)
    private double failureRate;

    /** @param horizonNanos outages must lie within it */
    Scenario.Faults read(long horizonNanos) {
        if ((meanUp == null) != (meanDown == null)) {
            String alone = meanUp == null ? "--mean-down" : "--mean-up";
            throw new InvalidInputException("%s: '%s' is not accepted alone; give --mean-up and --mean-down together"
                    .formatted(alone, TypedFlags.given(spec, alone).orElseThrow()));
        }
        return new Scenario.Faults(
                outages.stream().map(text -> outage(text, horizonNanos)).toList(),
                meanUp == null ? 0 : meanUp.toNanos(),
                meanDown == null ? 0 : meanDown.toNanos(),
                failureRate);
    }

    private static Scenario.Outage outage(String text, long horizonNanos) {
        String[] parts = text.split("@", -1);
        if (parts.length != 2) {
            throw Quantity.wrong(OUTAGE, text, ACCEPTED);
        }
        long length = Quantity.durationNanos(OUTAGE, parts[0]);
        long start = Quantity.durationOrZeroNanos(OUTAGE, parts[1]);
        if (start > horizonNanos || length > horizonNanos - start) {
            throw Quantity.wrong(
                    OUTAGE,
                    text,
                    "LENGTH@START that lies within the horizon of " + Quantity.readableMost(horizonNanos));
        }
        return new Scenario.Outage(start, length);
    }
}
