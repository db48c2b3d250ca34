package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The complete record of a piece of advice, from which every output is made.
 *
 * @param command advise
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param constraints everything that had to be kept to, as typed
 * @param objective what was to be as small as possible
 * @param candidates every mode that was looked at, the best first
 * @param flips where the answer changes
 * @param checks what virtual time, or a live run, says of the first two
 * @param provider what it takes the provider, where that was asked
 * @param relaxations where nothing is feasible, what would have to give, the least first
 * @param warnings what the reader must know beside them
 */
public record AdviceRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Scenario scenario,
        List<String> constraints,
        Objective objective,
        PriceList prices,
        Pricing pricing,
        List<Candidate> candidates,
        List<Flip> flips,
        List<Check> checks,
        List<ProviderSide> provider,
        List<String> relaxations,
        List<String> warnings) {
    private static final String HELD = "held_connections";

    /** The figures of {@code summary.csv} that a mode's candidate can have. */
    private static final Set<String> FIGURES = Set.of(
            "wasted_ratio",
            "requests_per_delivery",
            "bytes_per_delivery",
            "latency_mean_ms",
            "latency_p50_ms",
            "latency_p90_ms",
            "latency_p95_ms",
            "latency_p99_ms",
            "latency_p999_ms",
            Metrics.MONTHLY_REQUESTS);

    /**
     * A mode with its best settings, or the reason why it has none.
     *
     * @param rank 1 for the best
     * @param binding the constraint that sets or excludes it; empty when none does
     * @param reason a sentence about that, without a full stop
     * @param answer predicted, simulated or measured; empty where there are no figures
     * @param settings by flag
     * @param intervalNanos between two polls of a consumer; 0 where it does not poll at an interval
     * @param figures by column; what is not known is absent
     * @param formulas of those that have one, by column
     */
    public record Candidate(
            int rank,
            String mode,
            ModeTraits traits,
            boolean feasible,
            String binding,
            String reason,
            String answer,
            Map<String, String> settings,
            long intervalNanos,
            Map<String, Double> figures,
            Map<String, Prediction.Figure> formulas) {
        /** A figure, where it is known. */
        public Optional<Double> figure(String column) {
            return Optional.ofNullable(figures.get(column));
        }

        /** The settings as typed. */
        public String typed() {
            List<String> typed = new ArrayList<>();
            settings.forEach((flag, value) -> typed.add(flag + " " + value));
            return String.join(" ", typed);
        }
    }

    /**
     * A value of one input at which another mode becomes the best.
     *
     * @param input its name
     * @param now its value
     * @param nowText the same in words
     * @param at the value at which the answer changes; empty when none does in this direction
     * @param atText the same in words
     * @param above whether it is above the value now
     * @param mode the best beyond it; empty when none is feasible there
     * @param answer predicted or simulated; empty where none was looked for, since it would take too many runs
     */
    public record Flip(
            String input,
            double now,
            String nowText,
            OptionalDouble at,
            String atText,
            boolean above,
            String mode,
            String answer) {}

    /**
     * One figure of a candidate from another source.
     *
     * @param low end of its 95 % interval; the figure itself where none is known
     * @param high end
     * @param holds whether it may keep to the needs on it, by that interval
     */
    public record Check(
            String mode,
            String column,
            String answer,
            double figure,
            String checkedBy,
            double checked,
            double low,
            double high,
            boolean holds) {}

    /** What one way of delivery takes the provider. */
    public record ProviderSide(String mode, Map<String, Double> figures, String machines, String answer) {}

    /** The best, unless nothing is feasible. */
    @JsonIgnore
    public Optional<Candidate> chosen() {
        return candidates.stream().filter(Candidate::feasible).findFirst();
    }

    /** The second best. */
    @JsonIgnore
    public Optional<Candidate> runnerUp() {
        return candidates.stream().filter(Candidate::feasible).skip(1).findFirst();
    }

    /** The columns of {@link #rows}, in order. */
    public static List<String> columns() {
        List<String> columns =
                new ArrayList<>(List.of("rank", "mode", "feasible", "binding", "answer", "interval_s", "settings"));
        columns.addAll(List.of("arrivals", "rate_per_s", "consumers"));
        Metrics.SUMMARY.stream().map(Metric::column).filter(FIGURES::contains).forEach(columns::add);
        columns.add(MonthlySums.CURRENCY);
        columns.addAll(List.of("lost_ratio", "quota_share", "monthly_cost_consumer", "monthly_cost_provider", HELD));
        return columns;
    }

    /** One row for each mode, the chosen one first; null where a figure is not known. */
    public List<Map<String, Object>> rows() {
        return candidates.stream().map(this::row).toList();
    }

    private Map<String, Object> row(Candidate candidate) {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("rank", (long) candidate.rank());
        known.put("mode", candidate.mode());
        known.put("feasible", candidate.feasible());
        known.put("binding", candidate.binding().isEmpty() ? null : candidate.binding());
        known.put("answer", candidate.answer().isEmpty() ? null : candidate.answer());
        known.put("interval_s", candidate.intervalNanos() == 0 ? null : candidate.intervalNanos() / 1e9);
        known.put("settings", candidate.settings().isEmpty() ? null : candidate.typed());
        known.put("arrivals", scenario.events().arrivals().kind());
        known.put("rate_per_s", scenario.events().arrivals().ratePerSecond());
        known.put("consumers", (long) scenario.events().consumers());
        known.put(MonthlySums.CURRENCY, currency().isEmpty() ? null : currency());
        Map<String, Object> row = new LinkedHashMap<>();
        for (String column : columns()) {
            row.put(
                    column,
                    candidate.figures().containsKey(column)
                            ? (Object) candidate.figures().get(column)
                            : known.get(column));
        }
        return row;
    }

    /** The currency of all sums; empty when none was named. */
    @JsonIgnore
    public String currency() {
        return prices.currency().isEmpty() ? pricing.currency() : prices.currency();
    }
}
