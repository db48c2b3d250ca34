package dev.pushpull.scenario;

import static dev.pushpull.scenario.Metric.Better.HIGHER;
import static dev.pushpull.scenario.Metric.Better.LOWER;
import static dev.pushpull.scenario.Metric.Better.NEITHER;

import dev.pushpull.scenario.Metric.Better;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The one list of metrics: the columns of {@code summary.csv}, in order. New ones are appended. */
public final class Metrics {
    /** Every metric of an outcome. */
    public static final List<Metric> SUMMARY = declared();

    /** The column for the requests that a bill covers. */
    public static final String MONTHLY_REQUESTS = "monthly_requests";

    private static final double MONTH_SECONDS = 30 * 86_400.0;

    private static final String LAST_THIRD = "last_third_ratio";

    /** Columns without a meaning in virtual time. */
    private static final Set<String> ONLY_LIVE = Set.of(
            "provider_cpu_ms", "consumer_cpu_ms", "processed_p50_ms", "noise", "steadiness", LAST_THIRD, "sender");

    private static final String CONNECTIONS = "connections_opened";

    /** Columns that are not numbers. */
    static final Set<String> TEXTS = Set.of(
            "run_id", "mode", "arrivals", "valid", "partial", "noise", "steadiness", "sender", MonthlySums.CURRENCY);

    private Metrics() {}

    /** The metric for a column. */
    public static Optional<Metric> named(String column) {
        return SUMMARY.stream().filter(metric -> metric.column().equals(column)).findFirst();
    }

    /** All figures of one outcome by column; null where a figure does not exist. */
    public static Map<String, Object> row(RunRecord run, Outcome outcome) {
        Map<String, Object> row = new LinkedHashMap<>();
        SUMMARY.forEach(metric -> row.put(metric.column(), metric.read(run, outcome)));
        return row;
    }

    /** The same without columns that mean nothing in virtual time. */
    public static Map<String, Object> virtualRow(RunRecord run, Outcome outcome) {
        Map<String, Object> row = row(run, outcome);
        row.keySet().removeAll(ONLY_LIVE);
        row.remove(ClockBound.METRIC.column());
        if (!run.scenario().wire().modelled()) {
            row.remove(CONNECTIONS);
        }
        return row;
    }

    private static List<Metric> declared() {
        List<Metric> all = new ArrayList<>();
        all.add(ofRun("run_id", "", "The results folder's name", RunRecord::runId));
        all.add(ofOutcome("trial", "", NEITHER, "1 for the first trial of a run", o -> (long) o.trial()));
        all.add(ofOutcome("mode", "", NEITHER, "The way the events travelled", Outcome::mode));
        all.add(ofRun(
                "arrivals",
                "",
                "The law of the event times",
                r -> r.scenario().events().arrivals().kind()));
        all.add(ofRun(
                "rate_per_s",
                "/s",
                "Events a second of one stream",
                r -> r.scenario().events().arrivals().ratePerSecond()));
        all.add(ofRun(
                "interval_s",
                "s",
                "Poll interval T",
                r -> r.scenario().polling().intervalNanos() / 1e9));
        all.add(ofRun("consumers", "", "Consumers that want the events", r ->
                (long) r.scenario().events().consumers()));
        all.add(new Metric("duration_s", "s", NEITHER, "Measured time", Metrics::seconds));
        all.add(ofRun(
                "seed", "", "Seed of all randomness", r -> r.scenario().run().seed()));
        all.add(count(
                "events",
                NEITHER,
                "Events that occurred in the measured time, over all streams",
                Outcome.Counts::events));
        all.add(count(
                "expected_deliveries", NEITHER, "Events times the consumers each goes to", Outcome.Counts::expected));
        all.add(count("delivered", HIGHER, "Deliveries that arrived, each counted once", Outcome.Counts::delivered));
        all.add(count(
                "missed",
                LOWER,
                "Deliveries that had not arrived at the end: lost or pending",
                Outcome.Counts::missedInAll));
        all.add(count("duplicates", LOWER, "Arrivals of what had arrived before", Outcome.Counts::duplicates));
        all.add(count("requests", LOWER, "Polls, further pages and webhook attempts", Outcome.Counts::requests));
        all.add(count("empty_requests", LOWER, "Polls that returned no new event", Outcome.Counts::emptyPolls));
        all.add(ofOutcome(
                "wasted_ratio",
                "",
                LOWER,
                "Empty polls per poll",
                o -> ratio(o.counts().emptyPolls(), o.counts().polls())));
        all.add(ofOutcome(
                "requests_per_delivery",
                "",
                LOWER,
                "Requests per delivery that arrived",
                o -> ratio(o.counts().requests(), o.counts().delivered())));
        all.add(count(
                "bytes_to_provider",
                "B",
                LOWER,
                "Bytes at the socket from consumers to provider",
                Outcome.Counts::bytesToProvider));
        all.add(count(
                "bytes_to_consumer",
                "B",
                LOWER,
                "Bytes at the socket from provider to consumers",
                Outcome.Counts::bytesToConsumer));
        all.add(ofOutcome(
                "bytes_per_delivery",
                "B",
                LOWER,
                "Bytes both ways per delivery that arrived",
                o -> ratio(
                        o.counts().bytesToProvider() + o.counts().bytesToConsumer(),
                        o.counts().delivered())));
        all.add(latency("latency_mean_ms", "Mean delivery latency", Distribution::meanMillis));
        all.add(latency("latency_p50_ms", "Half of the deliveries were at most this late", d -> d.quantileMillis(0.5)));
        all.add(latency("latency_p90_ms", "Nine in ten deliveries were at most this late", d -> d.quantileMillis(0.9)));
        all.add(latency("latency_p99_ms", "99 in 100 deliveries were at most this late", d -> d.quantileMillis(0.99)));
        all.add(latency(
                "latency_p999_ms", "999 in 1,000 deliveries were at most this late", d -> d.quantileMillis(0.999)));
        all.add(latency("latency_max_ms", "The latest delivery", Distribution::maxMillis));
        all.add(ofOutcome(
                "provider_cpu_ms",
                "ms",
                LOWER,
                "CPU time of the provider's threads",
                o -> o.cpuMillis().get("provider")));
        all.add(ofOutcome(
                "consumer_cpu_ms",
                "ms",
                LOWER,
                "CPU time of the consumers' threads",
                o -> o.cpuMillis().get("consumer")));
        all.add(ofOutcome(
                CONNECTIONS,
                "",
                LOWER,
                "TCP connections opened; in virtual time where they are modelled",
                o -> o.simulated() && o.counts().connectionsOpened() == 0
                        ? null
                        : o.counts().connectionsOpened()));
        all.add(ofOutcome("valid", "", HIGHER, "Whether the books balance and the harness kept pace", Outcome::valid));
        all.add(ofRun("partial", "", "Whether the run was interrupted", RunRecord::partial));
        all.add(count("polls", LOWER, "GETs for new events", Outcome.Counts::polls));
        all.add(count("attempts", LOWER, "Webhook POSTs", Outcome.Counts::attempts));
        all.add(count(
                "skipped_polls",
                LOWER,
                "Ticks that fell while the poll before was still out",
                Outcome.Counts::skippedPolls));
        all.add(count(
                "drain_requests",
                NEITHER,
                "Requests that only close the run; in the books, in no other figure",
                Outcome.Counts::drainRequests));
        all.add(count("reconfirmed", NEITHER, "What a reconciling poll brought again", Outcome.Counts::reconfirmed));
        all.add(count(
                "out_of_order",
                LOWER,
                "First arrivals after a later event of the same stream",
                Outcome.Counts::outOfOrder));
        all.add(ofOutcome(
                "processed_p50_ms",
                "ms",
                LOWER,
                "Half of the events were processed at most this late",
                o -> measured(o, o.processed().quantileMillis(0.5))));
        all.add(MonthlySums.bill());
        all.add(ofOutcome(
                "noise", "", NEITHER, "The machine meanwhile: quiet, noisy or unusable", o -> noise(o.conditions())));
        all.add(count("lost", LOWER, "Deliveries that nobody would try again", Outcome.Counts::lostInAll));
        all.add(count(
                "pending", LOWER, "Deliveries still to be tried when the time was over", Outcome.Counts::pendingInAll));
        all.add(new Metric(
                MONTHLY_REQUESTS, "", LOWER, "Requests at this pace in a month of 30 days", Metrics::monthlyRequests));
        all.add(ofOutcome(
                "steadiness",
                "",
                NEITHER,
                "Whether latencies stayed the same: steady, still warming, drifting, or too few events",
                o -> steadiness(o.conditions())));
        all.add(ofOutcome(
                LAST_THIRD,
                "",
                NEITHER,
                "Latency in the last third of the measured time as a multiple of that in the first third",
                o -> orNull(o.conditions().steadiness().ratio())));
        all.add(new Metric(
                "sender",
                "",
                NEITHER,
                "What sent the webhooks of a live run: own or okhttp",
                (run, o) -> o.traits().sends() && !o.simulated()
                        ? run.scenario().webhooks().sender().id()
                        : null));
        all.addAll(HeldMetrics.ALL);
        all.addAll(MonthlySums.others());
        all.add(latency("latency_p95_ms", "95 in 100 deliveries were at most this late", d -> d.quantileMillis(0.95)));
        all.addAll(SlotMetrics.ALL);
        all.add(ClockBound.METRIC);
        return List.copyOf(all);
    }

    private static Double monthlyRequests(RunRecord run, Outcome outcome) {
        double seconds = seconds(run, outcome);
        return seconds == 0 ? null : outcome.counts().requests() / (seconds / MONTH_SECONDS);
    }

    static double seconds(RunRecord run, Outcome outcome) {
        return measuredNanos(run, outcome) / 1e9;
    }

    /** How long the trial was measured; of the run where there is no trial. */
    static long measuredNanos(RunRecord run, Outcome outcome) {
        long ofTrial = outcome == null ? 0 : outcome.conditions().measuredNanos();
        return ofTrial > 0 ? ofTrial : run.measuredNanos();
    }

    private static String noise(Conditions conditions) {
        NoiseVerdict.Level level = conditions.noise().level();
        return level == NoiseVerdict.Level.UNKNOWN ? null : level.name().toLowerCase(Locale.ROOT);
    }

    private static String steadiness(Conditions conditions) {
        SteadinessVerdict.Level level = conditions.steadiness().level();
        return level == SteadinessVerdict.Level.UNKNOWN ? null : level.words();
    }

    private static Metric ofRun(String column, String unit, String meaning, Function<RunRecord, Object> reader) {
        return new Metric(column, unit, NEITHER, meaning, (run, outcome) -> reader.apply(run));
    }

    private static Metric ofOutcome(
            String column, String unit, Better better, String meaning, Function<Outcome, Object> reader) {
        BiFunction<RunRecord, Outcome, Object> read = (run, outcome) -> reader.apply(outcome);
        return new Metric(column, unit, better, meaning, read);
    }

    private static Metric count(String column, Better better, String meaning, ToLongFunction<Outcome.Counts> reader) {
        return count(column, "", better, meaning, reader);
    }

    private static Metric count(
            String column, String unit, Better better, String meaning, ToLongFunction<Outcome.Counts> reader) {
        return ofOutcome(column, unit, better, meaning, outcome -> reader.applyAsLong(outcome.counts()));
    }

    private static Metric latency(String column, String meaning, Function<Distribution, OptionalDouble> reader) {
        return ofOutcome(column, "ms", LOWER, meaning, outcome -> measured(outcome, reader.apply(outcome.latency())));
    }

    /** Null also where two clocks do not tell it closely enough. */
    private static Double measured(Outcome outcome, OptionalDouble millis) {
        return millis.isPresent() && outcome.conditions().clock().measures(millis.getAsDouble())
                ? millis.getAsDouble()
                : null;
    }

    private static Double ratio(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
