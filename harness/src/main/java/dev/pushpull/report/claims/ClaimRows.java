package dev.pushpull.report.claims;

import dev.pushpull.scenario.ClaimFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The rows of {@code claims.csv}, one for each figure. */
public final class ClaimRows {
    /** The columns. */
    public static final List<String> HEADER = List.of(
            "claim",
            "section",
            "statement",
            "metric",
            "unit",
            "polling",
            "webhook",
            "bound",
            "verdict",
            "evidence",
            "polling_predicted",
            "webhook_predicted",
            "reason",
            "other_way",
            "other",
            "other_predicted");

    private ClaimRows() {}

    /** Figures by column; null where there is none. */
    public static List<Map<String, Object>> of(List<ClaimFinding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.figures().stream().map(figure -> row(finding, figure)))
                .toList();
    }

    private static Map<String, Object> row(ClaimFinding finding, ClaimFinding.Figure figure) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("claim", finding.claim().id());
        row.put("section", finding.claim().section());
        row.put("statement", finding.claim().statement());
        row.put("metric", figure.metric());
        row.put("unit", figure.unit());
        row.put("polling", orNull(figure.polling()));
        row.put("webhook", orNull(figure.webhook()));
        row.put("bound", finding.bound());
        row.put("verdict", finding.verdict().name());
        row.put("evidence", figure.evidence());
        row.put("polling_predicted", orNull(figure.pollingPredicted()));
        row.put("webhook_predicted", orNull(figure.webhookPredicted()));
        row.put("reason", finding.reason());
        row.put(
                "other_way",
                finding.claim().other().map(way -> way.toLowerCase(Locale.ROOT)).orElse(null));
        row.put("other", orNull(figure.other()));
        row.put("other_predicted", orNull(figure.otherPredicted()));
        return row;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
