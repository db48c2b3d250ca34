package dev.pushpull.report.shared;

import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Made-up searches for capacity, the same for the same seed. */
public final class Capacities {
    private static final List<String> PATHS = List.of(
            "poll-empty", "poll-304", "poll-1", "poll-100", "long-poll", "webhook-unsigned", "webhook-verified");

    private Capacities() {}

    /** Every path with an answer between 100 and 100,000 requests a second, or none. */
    public static CapacityRecord drawn(long seed, String slo) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CapacityFinding> findings = new ArrayList<>();
        for (String path : PATHS) {
            Limit limit = Limit.values()[random.nextInt(Limit.values().length)];
            double rate = 100 * Math.pow(1_000, random.nextDouble());
            findings.add(finding(path, limit, rate, random));
        }
        return record(slo, findings);
    }

    private static CapacityFinding finding(String path, Limit limit, double rate, SplittableRandom random) {
        List<CapacityStep> steps = new ArrayList<>();
        for (double share : new double[] {0.4, 0.8, 0.99, 1.05, 1.3}) {
            boolean sustained = share < 1 && limit != Limit.UNMET;
            if (share < 1 || limit != Limit.HIGHEST_TRIED) {
                steps.add(step(path, rate * share, sustained, 1 + 50 * random.nextDouble(), limit == Limit.DRIVER));
            }
        }
        CapacityAnswer answer = limit == Limit.UNMET
                ? CapacityAnswer.NONE
                : CapacityAnswer.of(
                        new CapacityAnswer.Rate(rate, rate * 0.9, rate * 1.15),
                        rate * 0.8,
                        List.of(
                                new CapacityAnswer.Point(rate * 0.9, 0.1),
                                new CapacityAnswer.Point(rate, 0.8),
                                new CapacityAnswer.Point(rate * 1.15, 0.1),
                                new CapacityAnswer.Point(rate * 30, 1e-4)));
        return new CapacityFinding(path, "what travels over " + path, limit, steps, answer);
    }

    private static CapacityStep step(
            String path, double offered, boolean sustained, double p99Millis, boolean driverLate) {
        OptionalDouble p50 = OptionalDouble.of(p99Millis / 5);
        OptionalDouble p99 = OptionalDouble.of(p99Millis);
        return new CapacityStep(
                path,
                "undertow",
                offered,
                offered,
                p50,
                p99,
                OptionalDouble.of(0.1),
                0,
                sustained,
                p50,
                OptionalDouble.of(p99Millis / 2),
                OptionalDouble.of(10),
                OptionalDouble.of(9),
                driverLate && !sustained,
                new CapacityStep.Circumstances(
                        sustained ? "sustained" : "exceeded",
                        sustained ? "sustained" : "exceeded",
                        false,
                        OptionalDouble.of(0.03),
                        OptionalDouble.of(0),
                        p99,
                        OptionalDouble.of(90_000)));
    }

    /** These findings. */
    public static CapacityRecord record(String slo, List<CapacityFinding> findings) {
        return new CapacityRecord(
                RunRecord.SCHEMA_VERSION,
                "some-capacity",
                "capacity",
                List.of("pushpull", "capacity"),
                "2026-11-23T13:52:22Z",
                Map.of("processors", "2"),
                Slo.parse("--slo", slo),
                "undertow",
                64,
                1_000_000_000,
                1024,
                false,
                new CapacityMeans(CapacityMeans.POSTERIOR, OptionalDouble.of(100_000), "2 pinned threads"),
                List.of(),
                findings);
    }
}
