package dev.pushpull.report.shared;

import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.OlderModes;
import dev.pushpull.scenario.Outcome;
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
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Made-up runs: outcomes in the shape of real ones, the same each time. */
public final class Runs {
    private static final long SECOND = 1_000_000_000L;
    private static final Set<String> HOLDING = Set.of("long-polling", "sse", "websocket");

    private final Draws draws = new Draws(1);
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
    private Scenario.Faults faults = Scenario.Faults.NONE;
    private long lost;
    private int webhookBytes = 1_870;
    private Conditions conditions = Conditions.UNKNOWN;
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

    /** As if this many deliveries of each mode had been displaced from the provider's memory. */
    public Runs lost(long number) {
        lost = number;
        return this;
    }

    public Runs webhookBytes(int number) {
        webhookBytes = number;
        return this;
    }

    /** As if latencies had been compiled away in the course of it. */
    public Runs stillWarming() {
        conditions = DerivedFigures.stillWarming(seconds * SECOND);
        return this;
    }

    public Runs faults(Scenario.Faults whatGoesWrong) {
        faults = whatGoesWrong;
        return this;
    }

    /** A last change to the finished record. */
    public Runs but(UnaryOperator<RunRecord> change) {
        last = change;
        return this;
    }

    /** The same modes as if they had declared these traits, one each. */
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
                faults,
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
                draws.logNormal(seconds * 900, 55_000, 0.5),
                draws.logNormal(600, 40_000, 0.4),
                draws.logNormal(seconds * 20, 90_000, 0.2),
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
        boolean pushes = mode.endsWith("webhook") || mode.equals("hybrid");
        boolean asks = !mode.endsWith("webhook");
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
                Distribution latency = pushes
                        ? draws.logNormal(here, 190_000, 0.35)
                        : HOLDING.contains(mode)
                                ? draws.logNormal(here, 300_000, 0.35)
                                : draws.uniform(here, 3_000_000, intervalNanos);
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
                pushes ? draws.logNormal(delivered, 260_000, 0.4) : Distribution.empty(),
                pushes ? Distribution.empty() : draws.logNormal(polls, 60_000, 0.5),
                Draws.alike(polls + attempts, 400_000),
                Map.of("provider", 412.25, "consumer", 655.5),
                setup(pushes),
                DerivedFigures.intervals(latency, polls, empty, polls + attempts, delivered),
                DerivedFigures.prediction(mode, pushes, scenario),
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
                List.of(),
                conditions,
                ModeTraits.UNDECLARED);
    }

    private Map<String, Long> setup(boolean pushes) {
        Map<String, Long> setup = new LinkedHashMap<>();
        setup.put("listening sockets at the consumer", pushes ? 1L : 0L);
        setup.put("inbound connections at the consumer", pushes ? (long) consumers : 0L);
        setup.put("secrets", pushes ? (long) consumers : 0L);
        setup.put("set-up requests", pushes ? (long) consumers : 0L);
        return setup;
    }

    /** The part of a total that falls into a second when it is spread over all of them, a little unevenly. */
    private long share(long total, int second) {
        return total * (second + 1) / seconds - total * second / seconds;
    }
}
