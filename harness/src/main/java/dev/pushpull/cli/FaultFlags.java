package dev.pushpull.cli;

import dev.pushpull.advice.Question.Periodic;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags that say what goes wrong. */
@FlagGroup.In(FlagGroup.FAULTS)
final class FaultFlags {
    private static final String OUTAGE = "--outage";
    private static final String ACCEPTED = "LENGTH@START such as 10m@2h, or LENGTH/PERIOD such as 10m/34h";
    private static final String RETURNS = "LENGTH/PERIOD such as 10m/7d";
    private static final String FAILURE_RATE = "--failure-rate";
    private static final String DUPLICATE_RATE = "--duplicate-rate";
    private static final long MOST_TIMES = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = OUTAGE,
            paramLabel = "LENGTH@START",
            description = "Take all consumers down for LENGTH, START after the beginning, such as 10m@2h; or "
                    + "LENGTH/PERIOD for an outage after each PERIOD, such as 10m/34h (repeatable).")
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
            names = FAILURE_RATE,
            paramLabel = "FRACTION",
            defaultValue = "0",
            description =
                    "Share of webhook attempts that fail for no other reason, 0 to 1 (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = 1)
    private double failureRate;

    @Option(
            names = DUPLICATE_RATE,
            paramLabel = "FRACTION",
            defaultValue = "0",
            description = "Share of the other webhook attempts that the consumer takes but answers with an error, so "
                    + "that they are repeated, 0 to 1 (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = 1)
    private double duplicateRate;

    /** @param horizonNanos outages must lie within it */
    Scenario.Faults read(long horizonNanos) {
        return read(horizonNanos, "horizon");
    }

    /** @param called what the command calls that time */
    Scenario.Faults read(long horizonNanos, String called) {
        if ((meanUp == null) != (meanDown == null)) {
            String alone = meanUp == null ? "--mean-down" : "--mean-up";
            throw new InvalidInputException("%s: '%s' is not accepted alone; give --mean-up and --mean-down together"
                    .formatted(alone, TypedFlags.given(spec, alone).orElseThrow()));
        }
        belowOne(FAILURE_RATE, failureRate);
        belowOne(DUPLICATE_RATE, duplicateRate);
        return new Scenario.Faults(
                outages.stream().map(text -> outage(text, horizonNanos, called)).toList(),
                meanUp == null ? 0 : meanUp.toNanos(),
                meanDown == null ? 0 : meanDown.toNanos(),
                failureRate,
                duplicateRate);
    }

    private void belowOne(String flag, double share) {
        if (share >= 1) {
            throw Quantity.wrong(
                    flag, TypedFlags.given(spec, flag).orElse(Double.toString(share)), "a number from 0 to 1, below 1");
        }
    }

    /** All but the outages at given times. */
    Scenario.Faults withoutOutages() {
        List<String> given = outages;
        outages = List.of();
        try {
            return read(Long.MAX_VALUE);
        } finally {
            outages = given;
        }
    }

    /** The outage that returns, where one was given. */
    Optional<Periodic> periodic() {
        if (outages.size() > 1) {
            throw Quantity.wrong(OUTAGE, outages.get(1), "one LENGTH/PERIOD");
        }
        return outages.stream().findFirst().map(text -> PeriodicOutage.read(OUTAGE, text, RETURNS));
    }

    private static Outage outage(String text, long horizonNanos, String called) {
        if (!text.contains("/")) {
            String[] parts = text.split("@", -1);
            if (parts.length != 2) {
                throw Quantity.wrong(OUTAGE, text, ACCEPTED);
            }
            long length = Quantity.durationNanos(OUTAGE, parts[0]);
            long start = Quantity.durationOrZeroNanos(OUTAGE, parts[1]);
            inside(start, length, horizonNanos, text, "LENGTH@START that lies", called);
            return new Outage(start, length);
        }
        Periodic each = PeriodicOutage.read(OUTAGE, text, ACCEPTED);
        long length = each.lengthNanos();
        long period = each.periodNanos();
        inside(period, length, horizonNanos, text, "LENGTH/PERIOD of which one outage, after a PERIOD, lies", called);
        Outage outage = Outage.every(period, length, horizonNanos);
        if (outage.count() > MOST_TIMES) {
            throw Quantity.wrong(OUTAGE, text, "LENGTH/PERIOD that comes at most %,d times".formatted(MOST_TIMES));
        }
        return outage;
    }

    private static void inside(
            long start, long length, long horizonNanos, String text, String accepted, String called) {
        if (start > horizonNanos || length > horizonNanos - start) {
            throw Quantity.wrong(
                    OUTAGE, text, accepted + " within the " + called + " of " + Quantity.readableMost(horizonNanos));
        }
    }
}
