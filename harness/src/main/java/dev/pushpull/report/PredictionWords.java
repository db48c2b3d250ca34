package dev.pushpull.report;

import dev.pushpull.scenario.PredictedMetrics;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a prediction comes to, in a sentence or two. */
final class PredictionWords {
    private PredictionWords() {}

    static List<String> sentences(Scenario scenario, Map<String, Prediction> predictions) {
        List<String> sentences = new ArrayList<>();
        predictions.forEach((mode, prediction) -> crossover(sentences, scenario, mode, prediction));
        month(sentences, predictions);
        predictions.forEach((mode, prediction) -> quota(sentences, mode, prediction));
        return sentences;
    }

    private static void crossover(List<String> sentences, Scenario scenario, String mode, Prediction prediction) {
        OptionalDouble requests = prediction.value("crossover_requests_load_factor");
        OptionalDouble bytes = prediction.value("crossover_bytes_load_factor");
        List<String> parts = new ArrayList<>();
        requests.ifPresent(load -> parts.add("fewer requests than webhooks from " + at(scenario, load)));
        bytes.ifPresent(load -> parts.add("fewer bytes from " + at(scenario, load)));
        if (!parts.isEmpty()) {
            sentences.add("%s needs %s on; here λT = %s."
                    .formatted(
                            capital(mode), String.join(" on, ", parts), Decimals.significant(scenario.loadFactor())));
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
        OptionalDouble shortest = prediction.value("shortest_interval_ms");
        if (share.isEmpty() && shortest.isEmpty()) {
            return;
        }
        String used = share.isEmpty()
                ? "how much of the quota one consumer uses is not known"
                : "one consumer uses %s of the quota"
                        .formatted(PredictionReport.value(
                                PredictedMetrics.named("quota_share_one").orElseThrow(), share.getAsDouble()));
        sentences.add("%s: %s; %s.".formatted(capital(mode), used, interval(share, shortest)));
    }

    private static String interval(OptionalDouble share, OptionalDouble shortest) {
        if (shortest.isPresent()) {
            return shortest.getAsDouble() == 0
                    ? "any interval fits it"
                    : "an interval of " + Decimals.milliseconds(shortest.getAsDouble())
                            + " is the shortest that fits it";
        }
        return share.getAsDouble() <= 1
                ? "this interval fits it, and the shortest that does is not known"
                : "no interval is known to fit it";
    }

    private static String capital(String mode) {
        return mode.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + mode.substring(1);
    }
}
