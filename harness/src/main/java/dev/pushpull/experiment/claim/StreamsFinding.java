package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the cases say about streams. */
final class StreamsFinding {
    private static final String MEAN = "latency_mean_ms";
    private static final String P50 = "latency_p50_ms";
    private static final String BYTES = "bytes_per_delivery";
    private static final String REQUESTS = "requests_per_delivery";
    private static final String CONNECTIONS = "connections_per_delivery";
    private static final List<String> COLUMNS = List.of(
            "case",
            "mode",
            "delivered",
            P50,
            "latency_p50_low_ms",
            "latency_p50_high_ms",
            MEAN,
            "latency_mean_low_ms",
            "latency_mean_high_ms",
            BYTES,
            REQUESTS,
            CONNECTIONS,
            "reconnects",
            "connections_held",
            "invalid");
    private static final List<String> BOUND_COLUMNS = List.of(
            "mode",
            "lifetime_of_equal_latency_s",
            "rate_of_equal_bytes_per_h",
            "rate_of_equal_requests_behind_60_s_per_h");

    private StreamsFinding() {}

    /**
     * One mode beside polling and webhooks.
     *
     * @param ends whether what stands between ends its connections
     * @param limit what stands between, for people
     */
    record Case(
            String name,
            DeliveryMode stream,
            boolean ends,
            String limit,
            Outcome polling,
            Outcome webhook,
            Outcome streamed) {
        boolean sound() {
            return polling.valid() && webhook.valid() && streamed.valid();
        }

        /** Half of the events tell of a path without gaps; what waits in a gap shows in the mean. */
        Judged judged() {
            String column = ends ? MEAN : P50;
            return new Judged(
                    ends,
                    Reading.of(streamed, column),
                    Reading.of(polling, column),
                    Reading.of(webhook, column),
                    needsLess(BYTES) && needsLess(REQUESTS));
        }

        private boolean needsLess(String column) {
            double least = Math.min(
                    Reading.of(polling, column).value(),
                    Reading.of(webhook, column).value());
            return Reading.of(streamed, column).value() < least;
        }
    }

    /**
     * How late a stream is beside the others, in milliseconds.
     *
     * @param ends whether its connections are ended
     * @param cheaper whether it takes fewer bytes and fewer requests than both
     */
    record Judged(boolean ends, Reading streamed, Reading polled, Reading pushed, boolean cheaper) {
        boolean beatsBoth() {
            boolean noLater = streamed.isBelow(pushed.low() + alikeMillis(pushed.value()));
            return polled.isAbove(streamed) && noLater && cheaper;
        }

        boolean losesToOne() {
            return streamed.isAbove(polled) || streamed.isAbove(pushed.high() + alikeMillis(pushed.value()));
        }
    }

    /** By how much two latencies may differ and still be alike, as in the agreement of a run. */
    static double alikeMillis(double latencyMillis) {
        return Math.max(AgreementBounds.LEAST_PUSHED_MILLIS, AgreementBounds.PUSHED_LATENCY * latencyMillis);
    }

    /**
     * A stream beats both when it surely comes sooner than polls and no later than webhooks, within the bound of an
     * agreement, and takes fewer bytes and requests than either. HOLDS when streams do whatever stands between; HOLDS_WHEN
     * they do as long as nothing ends their connections, and are surely later than one where something does; FAILS when
     * they are surely later than one though nothing ends them; otherwise INCONCLUSIVE.
     */
    static Verdict verdict(List<Judged> cases) {
        List<Judged> left = cases.stream().filter(one -> !one.ends()).toList();
        List<Judged> ended = cases.stream().filter(Judged::ends).toList();
        if (left.stream().anyMatch(Judged::losesToOne)) {
            return Verdict.FAILS;
        }
        if (left.isEmpty() || ended.isEmpty() || !left.stream().allMatch(Judged::beatsBoth)) {
            return Verdict.INCONCLUSIVE;
        }
        if (ended.stream().anyMatch(Judged::losesToOne)) {
            return Verdict.HOLDS_WHEN;
        }
        return ended.stream().allMatch(Judged::beatsBoth) ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
    }

    /** Until where it holds, as calculated: for the stream that needs the most. */
    static String bound(List<StreamBounds> bounds) {
        double lifetime = most(bounds, StreamBounds::lifetimeSeconds);
        double rate = most(bounds, StreamBounds::ratePerHourOfBytes);
        List<String> parts = new ArrayList<>();
        if (lifetime > 0) {
            parts.add("connections live > " + Quantity.readable(Math.round(1e9 * lifetime)));
        }
        if (rate > 0) {
            parts.add(String.format(Locale.ROOT, "rate > %.1f/h", rate));
        }
        return parts.isEmpty() ? "nothing ends connections" : String.join(" and ", parts);
    }

    private static double most(List<StreamBounds> bounds, ToDoubleFunction<StreamBounds> figure) {
        return bounds.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    static ClaimFinding of(List<Case> cases, List<StreamBounds> bounds) {
        EvidenceTable evidence = evidence(cases);
        EvidenceTable calculated = new EvidenceTable(
                "streams-bounds",
                BOUND_COLUMNS,
                bounds.stream()
                        .map(bound -> Evidence.row(
                                bound.stream().name(),
                                bound.lifetimeSeconds(),
                                bound.ratePerHourOfBytes(),
                                bound.ratePerHourOfRequests()))
                        .toList());
        List<Case> sound = cases.stream().filter(Case::sound).toList();
        boolean left = cases.stream().filter(one -> !one.ends()).allMatch(Case::sound);
        Verdict verdict = left ? verdict(sound.stream().map(Case::judged).toList()) : Verdict.INCONCLUSIVE;
        return new ClaimFinding(
                Claim.STREAMS,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(bounds) : "",
                said(sound, bounds),
                figures(sound, evidence, bounds, calculated),
                List.of(evidence, calculated));
    }

    private static EvidenceTable evidence(List<Case> cases) {
        List<List<Object>> rows = new ArrayList<>();
        String last = "";
        for (Case one : cases) {
            if (!one.name().equals(last)) {
                rows.add(row(one.name(), one.polling()));
                rows.add(row(one.name(), one.webhook()));
                last = one.name();
            }
            rows.add(row(one.name(), one.streamed()));
        }
        return new EvidenceTable("streams", COLUMNS, rows);
    }

    private static List<Object> row(String name, Outcome outcome) {
        Reading p50 = Reading.of(outcome, P50);
        Reading mean = Reading.of(outcome, MEAN);
        return Evidence.row(
                name,
                outcome.mode(),
                outcome.counts().delivered(),
                p50.value(),
                p50.low(),
                p50.high(),
                mean.value(),
                mean.low(),
                mean.high(),
                Reading.of(outcome, BYTES).value(),
                Reading.of(outcome, REQUESTS).value(),
                Reading.of(outcome, CONNECTIONS).value(),
                outcome.counts().held().reconnects(),
                outcome.counts().held().streams() - outcome.counts().held().reconnects(),
                String.join("; ", outcome.invalid()));
    }

    private static List<Figure> figures(
            List<Case> cases, EvidenceTable evidence, List<StreamBounds> bounds, EvidenceTable calculated) {
        List<Figure> figures = new ArrayList<>();
        for (Case one : cases) {
            String which = OtherWays.named(one.stream()) + "_" + one.name();
            figures.add(figure(one, "mean_" + which, "ms", MEAN, evidence));
            if (one.ends()) {
                figures.add(figure(one, "connections_" + which, "", CONNECTIONS, evidence));
            } else {
                figures.add(figure(one, "p50_" + which, "ms", P50, evidence));
                figures.add(figure(one, "bytes_" + which, "/event", BYTES, evidence));
                figures.add(figure(one, "requests_" + which, "/event", REQUESTS, evidence));
            }
        }
        for (StreamBounds bound : bounds) {
            String which = "_" + OtherWays.named(bound.stream());
            figures.add(calculated("least_lifetime" + which, "s", bound.lifetimeSeconds(), 1, calculated));
            figures.add(calculated("least_rate_bytes" + which, "/h", bound.ratePerHourOfBytes(), 2, calculated));
            figures.add(calculated("least_rate_idle" + which, "/h", bound.ratePerHourOfRequests(), 3, calculated));
        }
        return figures;
    }

    private static Figure figure(Case one, String metric, String unit, String column, EvidenceTable evidence) {
        return Figure.of(
                        metric,
                        unit,
                        Reading.of(one.polling(), column).value(),
                        Reading.of(one.webhook(), column).value(),
                        evidence.cited("case", "mode", column))
                .predicted(Reading.predicted(one.polling(), column), Reading.predicted(one.webhook(), column))
                .other(Reading.of(one.streamed(), column).value(), Reading.predicted(one.streamed(), column));
    }

    private static Figure calculated(String metric, String unit, double value, int column, EvidenceTable evidence) {
        return Figure.of(metric, unit, Double.NaN, Double.NaN, evidence.cited("mode", BOUND_COLUMNS.get(column)))
                .other(Double.NaN, value);
    }

    private static String said(List<Case> cases, List<StreamBounds> bounds) {
        List<Case> undisturbed = cases.stream()
                .filter(one -> !one.ends() && one.name().equals(cases.get(0).name()))
                .toList();
        if (undisturbed.isEmpty() || cases.get(0).ends()) {
            return "no undisturbed run that can be relied on";
        }
        Case first = undisturbed.get(0);
        List<Outcome> outcomes =
                new ArrayList<>(undisturbed.stream().map(Case::streamed).toList());
        outcomes.add(first.webhook());
        outcomes.add(first.polling());
        String names = outcomes.stream().map(Outcome::mode).collect(Collectors.joining(", "));
        String ended = cases.stream()
                .filter(Case::ends)
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s %s: mean %.1f ms [%.1f], webhook %.2f ms",
                        one.stream().name(),
                        one.limit(),
                        Reading.of(one.streamed(), MEAN).value(),
                        Reading.predicted(one.streamed(), MEAN),
                        Reading.of(one.webhook(), MEAN).value()))
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "half of the events by %s are at most %s ms late, for %s bytes each; %s; predicted, with 2 s until a consumer"
                        + " returns: no later than webhooks on average, within 25 %% or 50 us, where connections live for %s, as many bytes at %.1f"
                        + " events an hour, which heartbeats outweigh below, as many requests behind an idle timeout of 60 s"
                        + " without heartbeats at %.0f; each consumer holds a connection all the time",
                names,
                each(outcomes, P50, "%.2f"),
                each(outcomes, BYTES, "%.0f"),
                ended.isEmpty() ? "no run behind a limit that can be relied on" : ended,
                readable(most(bounds, StreamBounds::lifetimeSeconds)),
                most(bounds, StreamBounds::ratePerHourOfBytes),
                most(bounds, StreamBounds::ratePerHourOfRequests));
    }

    private static String each(List<Outcome> outcomes, String column, String format) {
        return outcomes.stream()
                .map(outcome -> String.format(
                        Locale.ROOT, format, Reading.of(outcome, column).value()))
                .collect(Collectors.joining(", "));
    }

    private static String readable(double seconds) {
        return Double.isNaN(seconds) ? "no time" : Quantity.readable(Math.round(1e9 * seconds));
    }
}
