package dev.pushpull.report.prediction;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.PredictedMetrics;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.PredictionRecord.PredictedMode;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RequestQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A prediction, summed up in a sentence or two. */
final class PredictionWords {
    /** A smaller share is rounding. */
    static final double LOST = 1e-6;

    private static final int MOST_IN_TITLE = 3;

    private PredictionWords() {}

    static List<String> sentences(Scenario scenario, Map<String, Prediction> predictions) {
        List<String> sentences = new ArrayList<>();
        List<String> weighing = new ArrayList<>();
        predictions.forEach((mode, prediction) -> crossover(weighing, scenario, mode, prediction));
        month(weighing, predictions);
        if (!scenario.polling().quota().equals(RequestQuota.NONE)) {
            predictions.forEach((mode, prediction) -> quota(weighing, mode, prediction));
        }
        String lost = lost(predictions);
        weighing.forEach(sentence -> sentences.add(Sentences.after(sentence, lost)));
        return sentences;
    }

    /**
     * The finding: what each mode needs and how late it is, for the modes that the four claims are about, or else for the
     * first three.
     */
    static String title(PredictionRecord record) {
        List<PredictedMode> known = record.predictions().stream()
                .filter(mode -> !clause(mode).isEmpty())
                .toList();
        List<PredictedMode> claimed =
                known.stream().filter(mode -> mode.traits().has(Trait.CLAIMED)).toList();
        String clauses = (claimed.isEmpty() ? known : claimed)
                .stream().limit(MOST_IN_TITLE).map(PredictionWords::clause).collect(Collectors.joining("; "));
        return clauses.isEmpty()
                ? "No closed form is known for this scenario."
                : Sentences.after("By closed form " + clauses + ".", lost(PredictionReport.byMode(record)));
    }

    /** {@code polling needs 2.00 requests per delivered event and is 250 ms late on average}, as far as it is known. */
    private static String clause(PredictedMode mode) {
        List<String> parts = new ArrayList<>();
        mode.prediction()
                .value("requests_per_delivery")
                .ifPresent(requests -> parts.add((mode.traits().plural() ? "need " : "needs ")
                        + Decimals.significant(requests) + " requests per delivered event"));
        mode.prediction()
                .value("latency_mean_ms")
                .ifPresent(mean -> parts.add(
                        (mode.traits().plural() ? "are " : "is ") + Decimals.milliseconds(mean) + " late on average"));
        return parts.isEmpty() ? "" : mode.traits().called() + " " + String.join(" and ", parts);
    }

    /** The title of the chart of latencies. */
    static String ofCurves(PredictionRecord record) {
        String clauses = record.predictions().stream()
                .filter(mode -> mode.prediction().value("latency_p99_ms").isPresent())
                .map(mode -> "%s by %s"
                        .formatted(
                                Decimals.milliseconds(mode.prediction()
                                        .value("latency_p99_ms")
                                        .getAsDouble()),
                                mode.traits().called()))
                .collect(Collectors.joining(", "));
        return clauses.isEmpty()
                ? "How late events are, by closed form"
                : "99 % of the events should arrive within " + clauses;
    }

    /** {@code Lost at this interval: polling 86.1 % of the events.}; empty when no loss is known. */
    private static String lost(Map<String, Prediction> predictions) {
        List<String> parts = new ArrayList<>();
        predictions.forEach((mode, prediction) -> {
            double share = prediction.value("lost_ratio").orElse(0);
            if (share > LOST) {
                parts.add(mode + " " + Decimals.share(share) + " of the events");
            }
        });
        return parts.isEmpty() ? "" : "Lost here: " + String.join(", ", parts) + ".";
    }

    private static void crossover(List<String> sentences, Scenario scenario, String mode, Prediction prediction) {
        OptionalDouble requests = prediction.value("crossover_requests_load_factor");
        OptionalDouble bytes = prediction.value("crossover_bytes_load_factor");
        List<String> parts = new ArrayList<>();
        String webhooks = scenario.modeOptions().containsKey("--reconcile") ? "webhooks without polls" : "webhooks";
        requests.ifPresent(load -> parts.add("fewer requests than %s from %s".formatted(webhooks, at(scenario, load))));
        bytes.ifPresent(load -> parts.add("fewer bytes from " + at(scenario, load)));
        if (!parts.isEmpty()) {
            sentences.add("%s needs %s on; here λT = %s."
                    .formatted(
                            Sentences.capital(mode),
                            String.join(" on, ", parts),
                            Decimals.significant(scenario.loadFactor())));
        }
    }

    private static String at(Scenario scenario, double load) {
        double millis = 1e3 * load / scenario.events().arrivals().ratePerSecond();
        return "λT = " + Decimals.significant(load) + " (T = " + Decimals.milliseconds(millis) + ")";
    }

    private static void month(List<String> sentences, Map<String, Prediction> predictions) {
        List<String> parts = new ArrayList<>();
        predictions.forEach((mode, prediction) -> prediction
                .value("requests_per_month")
                .ifPresent(requests -> parts.add(mode + " " + Decimals.significant(requests))));
        if (!parts.isEmpty()) {
            sentences.add("Requests a month, all consumers together: " + String.join(", ", parts) + ".");
        }
    }

    private static void quota(List<String> sentences, String mode, Prediction prediction) {
        OptionalDouble share = prediction.value("quota_share_one");
        String interval = interval(prediction, share);
        if (prediction.value("rate_limited_requests_per_s").orElse(Double.NaN) == 0) {
            return; // makes no requests
        }
        String used = share.isEmpty()
                ? "how much of the quota one consumer uses is not known"
                : "one consumer uses %s of the quota"
                        .formatted(PredictionReport.value(
                                PredictedMetrics.named("quota_share_one").orElseThrow(), share.getAsDouble(), ""));
        String fits = !interval.isEmpty()
                ? interval
                : share.orElse(Double.POSITIVE_INFINITY) <= 1
                        ? "this interval fits it, and the shortest that does is not known"
                        : "no interval is known to fit it";
        sentences.add("%s: %s; %s.".formatted(Sentences.capital(mode), used, fits));
    }

    /** The interval that fits; empty when nothing is known beyond the given interval. */
    private static String interval(Prediction prediction, OptionalDouble share) {
        OptionalDouble shortest = prediction.value("shortest_interval_ms");
        OptionalDouble lost = prediction.value("shortest_interval_lost_ratio");
        OptionalDouble pages = prediction.value("quota_share_of_pages");
        OptionalDouble fitting = prediction.value("fitting_interval_ms");
        if (shortest.isPresent()) {
            String fits =
                    "an interval of " + Decimals.milliseconds(shortest.getAsDouble()) + " is the shortest that fits it";
            return shortest.getAsDouble() == 0
                    ? "any interval fits it"
                    : lost.orElse(0) > LOST
                            ? "no interval fits it unless events are lost; %s, and %s of them are lost at that"
                                    .formatted(fits, Decimals.share(lost.getAsDouble()))
                            : fits;
        }
        if (pages.isPresent()) {
            return "no interval fits it unless events are lost, because fetching them all takes %s of it or more"
                    .formatted(Decimals.percent(pages.getAsDouble()));
        }
        if (fitting.isPresent() && !(share.isPresent() && share.getAsDouble() <= 1)) {
            return "an interval of %s fits it%s; whether a shorter one does is not known"
                    .formatted(
                            Decimals.milliseconds(fitting.getAsDouble()),
                            lost.isEmpty()
                                    ? ", though events may be lost at that"
                                    : lost.getAsDouble() > LOST
                                            ? ", with %s of the events lost at that"
                                                    .formatted(Decimals.share(lost.getAsDouble()))
                                            : "");
        }
        return "";
    }
}
