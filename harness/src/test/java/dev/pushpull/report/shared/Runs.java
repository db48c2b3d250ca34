package dev.pushpull.report.shared;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.OlderModes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.TimelineSecond;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Runs that nobody ran: outcomes made up in the shape of real ones, the same each time. */
public final class Runs {
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_DRAWN = 30_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private ArrivalProcess arrivals = new PoissonArrivals(1);
    private long intervalNanos = SECOND / 2;
    private int consumers = 20;
    private int seconds = 30;
    private String type = "payment.succeeded";
    private List<String> modes = List.of("polling", "webhook");
    private List<String> commandLine = List.of("pushpull", "compare");
    private List<String> invalid = List.of();
    private boolean partial;
    private int attemptsPerDelivery = 1;
    private long webhooksMissed;
    private long lost;
    private int webhookBytes = 1_870;
    private UnaryOperator<RunRecord> last = UnaryOperator.identity();

    private Runs() {}

    /** Like the default {@code compare}. */
    public static Runs ordinary() {
        return new Runs();
    }

    public Runs arrivals(ArrivalProcess process) {
        arrivals = process;
        return this;
    }

    public Runs rate(double perSecond) {
        return arrivals(new PoissonArrivals(perSecond));
    }

    public Runs consumers(int number) {
        consumers = number;
        return this;
    }

    public Runs intervalMillis(long millis) {
        intervalNanos = millis * 1_000_000;
        return this;
    }

    public Runs seconds(int number) {
        seconds = number;
        return this;
    }

    public Runs type(String name) {
        type = name;
        return this;
    }

    public Runs modes(String... names) {
        modes = List.of(names);
        return this;
    }

    public Runs commandLine(String... words) {
        commandLine = List.of(words);
        return this;
    }

    public Runs invalid(String... reasons) {
        invalid = List.of(reasons);
        return this;
    }

    public Runs partial() {
        partial = true;
        return this;
    }

    public Runs attemptsPerDelivery(int number) {
        attemptsPerDelivery = number;
        return this;
    }

    public Runs webhooksMissed(long number) {
        webhooksMissed = number;
        return this;
    }

    /** As if so many deliveries of each mode had fallen out of the provider's memory. */
    public Runs lost(long number) {
        lost = number;
        return this;
    }

    public Runs webhookBytes(int number) {
        webhookBytes = number;
        return this;
    }

    /** A last change to the finished record. */
    public Runs but(UnaryOperator<RunRecord> change) {
        last = change;
        return this;
    }

    /** The same modes as if they had said these traits, one each. */
    public Runs declared(List<ModeTraits> traits) {
        return but(run -> run.withOutcomes(IntStream.range(0, traits.size())
                .mapToObj(i -> run.outcomes().get(i).declared(traits.get(i)))
                .toList()));
    }

    public Scenario scenario() {
        return new Scenario(
                new Scenario.Events(arrivals, Scenario.Streams.PER_CONSUMER, consumers, 1024, type, 10_000),
                new Scenario.Polling(intervalNanos, 100, Phase.RANDOM),
                new Scenario.Webhooks(
                        "standard-webhooks", RetrySchedule.STANDARD_WEBHOOKS, 256, 16, SECOND, 15 * SECOND, 1_000),
                new Scenario.Network(3_000_000, 200_000),
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(modes, seconds * SECOND, 5 * SECOND, 1, false),
                Map.of());
    }

    public RunRecord run() {
        Scenario scenario = scenario();
        List<Outcome> outcomes = new ArrayList<>();
        modes.stream()
                .map(mode -> outcome(mode, scenario))
                .map(outcome -> outcome.declared(OlderModes.traits(outcome, intervalNanos)))
                .forEach(outcomes::add);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("operating system", "Linux 6.1");
        environment.put("processors", "2");
        environment.put("java", "17.0.15");
        RunRecord.Noise noise = new RunRecord.Noise(
                samples(seconds * 900, () -> 55_000 * Math.exp(0.5 * gaussian())),
                samples(600, () -> 40_000 * Math.exp(0.4 * gaussian())),
                samples(seconds * 20, () -> 90_000 * Math.exp(0.2 * gaussian())),
                20);
        return last.apply(new RunRecord(
                RunRecord.SCHEMA_VERSION,
                "2026-11-23T13-52-22-compare",
                "compare",
                commandLine,
                "2026-11-23T13:52:22Z",
                seconds * SECOND,
                scenario,
                outcomes,
                noise,
                environment,
                partial,
                List.of()));
    }

    private Outcome outcome(String mode, Scenario scenario) {
        boolean pushes = mode.equals("webhook") || mode.equals("hybrid");
        boolean asks = !mode.equals("webhook");
        long events = Math.round(arrivals.ratePerSecond() * consumers * seconds);
        Map<String, Long> missed = new LinkedHashMap<>();
        if (pushes && Math.min(webhooksMissed, events) > 0) {
            missed.put("retry pending", Math.min(webhooksMissed, events));
        }
        if (lost > 0) {
            missed.put("dropped by retention", lost);
        }
        long delivered =
                events - missed.values().stream().mapToLong(Long::longValue).sum();
        double loadFactor = scenario.loadFactor();
        long everyInterval = asks ? consumers * seconds * SECOND / intervalNanos : 0;
        long polls = pushes ? everyInterval / 5 : everyInterval;
        long empty = pushes ? polls : Math.round(polls * Math.exp(-loadFactor));
        long attempts = pushes ? events * attemptsPerDelivery : 0;
        double bytes = pushes ? webhookBytes * attemptsPerDelivery : 1_480 + 360 / loadFactor;
        List<Outcome.LatencySecond> bySecond = new ArrayList<>();
        Histogram all = new Histogram(3);
        double sum = 0;
        List<TimelineSecond> timeline = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            long here = share(delivered, second);
            if (here > 0) {
                Distribution latency = samples(
                        here,
                        pushes
                                ? () -> 190_000 * Math.exp(0.35 * gaussian())
                                : mode.equals("long-polling")
                                        ? () -> 300_000 * Math.exp(0.35 * gaussian())
                                        : () -> 3_000_000 + random.nextDouble() * intervalNanos);
                bySecond.add(new Outcome.LatencySecond(second, latency.compact()));
                all.add(latency.histogram());
                sum += latency.sumNanos();
            }
            timeline.add(new TimelineSecond(
                    second,
                    share(events, second),
                    here,
                    share(polls + attempts, second),
                    share(empty, second),
                    Math.round(here * bytes / 2),
                    Math.round(here * bytes / 2)));
        }
        Distribution latency = new Distribution(all, sum);
        return new Outcome(
                1,
                mode,
                new Outcome.Counts(
                        events,
                        events,
                        delivered,
                        missed,
                        0,
                        0,
                        0,
                        polls + attempts,
                        polls,
                        empty,
                        attempts,
                        0,
                        pushes ? 0 : consumers,
                        Math.round(delivered * bytes * 0.4),
                        Math.round(delivered * bytes * 0.6),
                        consumers),
                latency,
                pushes ? samples(delivered, () -> 260_000 * Math.exp(0.4 * gaussian())) : Distribution.empty(),
                pushes ? Distribution.empty() : samples(polls, () -> 60_000 * Math.exp(0.5 * gaussian())),
                samples(polls + attempts, () -> 400_000),
                Map.of("provider", 412.25, "consumer", 655.5),
                setup(pushes),
                intervals(latency, polls, empty, polls + attempts, delivered),
                prediction(mode, pushes, scenario),
                new Ledger(List.of(
                        new Ledger.Account(
                                "requests", Map.of("sent", polls + attempts), Map.of("received", polls + attempts)),
                        new Ledger.Account(
                                "deliveries",
                                Map.of("expected", events),
                                new LinkedHashMap<>(Map.of("delivered", delivered, "missed", events - delivered))))),
                timeline,
                bySecond,
                invalid,
                List.of());
    }

    private Map<String, Long> setup(boolean pushes) {
        Map<String, Long> setup = new LinkedHashMap<>();
        setup.put("listening sockets at the consumer", pushes ? 1L : 0L);
        setup.put("inbound connections at the consumer", pushes ? (long) consumers : 0L);
        setup.put("secrets", pushes ? (long) consumers : 0L);
        setup.put("set-up requests", pushes ? (long) consumers : 0L);
        return setup;
    }

    private Map<String, Estimate> intervals(
            Distribution latency, long polls, long empty, long requests, long delivered) {
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        if (latency.count() >= 10) {
            double mean = latency.meanMillis().getAsDouble();
            double half = 1.96 * latency.histogram().getStdDeviation() / 1e6 / Math.sqrt(latency.count());
            intervals.put("latency_mean_ms", new Estimate(mean, mean - half, mean + half, "20 batches"));
            double median = latency.valueAt(0.5) / 1e6;
            intervals.put(
                    "latency_p50_ms",
                    new Estimate(median, latency.valueAt(0.46) / 1e6, latency.valueAt(0.54) / 1e6, "order statistics"));
        }
        if (latency.count() >= 368) {
            intervals.put(
                    "latency_p99_ms",
                    new Estimate(
                            latency.valueAt(0.99) / 1e6,
                            latency.valueAt(0.98) / 1e6,
                            latency.valueAt(0.998) / 1e6,
                            "order statistics"));
        }
        if (polls > 0) {
            double waste = (double) empty / polls;
            double half = 1.96 * Math.sqrt(waste * (1 - waste) / polls);
            intervals.put("wasted_ratio", new Estimate(waste, waste - half, waste + half, "20 batches"));
        }
        if (delivered > 0) {
            double ratio = (double) requests / delivered;
            double half = polls > 0 ? 1.96 * ratio / Math.sqrt(delivered) : 0;
            intervals.put("requests_per_delivery", new Estimate(ratio, ratio - half, ratio + half, "20 batches"));
        }
        return intervals;
    }

    private Prediction prediction(String mode, boolean pushes, Scenario scenario) {
        Map<String, Prediction.Figure> figures = new LinkedHashMap<>();
        double loadFactor = scenario.loadFactor();
        if (pushes) {
            figures.put(
                    "rate_limited_requests_per_s",
                    new Prediction.Figure(mode.equals("webhook") ? 0 : 0.1, "", "webhooks ask nothing"));
            figures.put("requests_per_delivery", new Prediction.Figure(1, "1/p", "every attempt succeeds (section 4)"));
            return new Prediction(figures, List.of());
        }
        if (mode.equals("polling") || mode.equals("conditional-polling")) {
            figures.put("load_factor", new Prediction.Figure(loadFactor, "λT", "the mean rate alone"));
        }
        double interval = intervalNanos / 1e6;
        String uniform = "the phase of the polls is random, the response leg constant (section 1)";
        figures.put(
                "wasted_ratio",
                new Prediction.Figure(Math.exp(-loadFactor), "e^(-λT)", "Poisson arrivals (section 2)"));
        figures.put(
                "requests_per_delivery",
                new Prediction.Figure(1 / loadFactor, "1/(λT)", "polls that drain no further pages (section 4)"));
        figures.put("latency_mean_ms", new Prediction.Figure(interval / 2 + 3, "T/2 + v", uniform));
        figures.put("latency_p50_ms", new Prediction.Figure(interval / 2 + 3, "0.5 T + v", uniform));
        figures.put("latency_p99_ms", new Prediction.Figure(0.99 * interval + 3, "0.99 T + v", uniform));
        List<Prediction.CurvePoint> curve = new ArrayList<>();
        for (double p : new double[] {0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999}) {
            curve.add(new Prediction.CurvePoint(p, p * interval + 3));
        }
        return new Prediction(figures, curve);
    }

    /** What falls into a second when a total is spread over all of them, a little unevenly. */
    private long share(long total, int second) {
        return total * (second + 1) / seconds - total * second / seconds;
    }

    private double gaussian() {
        return random.nextGaussian();
    }

    /** Of very many, one drawn value stands for several: drawing them all would take seconds. */
    private static Distribution samples(long count, DoubleSupplier nanos) {
        Histogram histogram = new Histogram(3);
        double sum = 0;
        long each = 1 + count / MOST_DRAWN;
        for (long left = count; left > 0; left -= each) {
            long value = (long) nanos.getAsDouble();
            long times = Math.min(each, left);
            histogram.recordValueWithCount(value, times);
            sum += (double) times * value;
        }
        return new Distribution(histogram, sum);
    }
}
