package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.MoneyText;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.AdviceRecord.Flip;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer in sentences, the same for terminal, Markdown and page. */
final class AdviceWords {
    /** A figure of the table: its name, and how a value is written. */
    record Column(String column, String label) {}

    static final List<Column> TABLE = List.of(
            new Column("latency_mean_ms", "latency mean"),
            new Column("latency_p50_ms", "p50"),
            new Column("latency_p95_ms", "p95"),
            new Column("latency_p99_ms", "p99"),
            new Column("lost_ratio", "lost"),
            new Column("requests_per_second", "requests/s"),
            new Column("exchanges_per_second", "and frames/s"),
            new Column("monthly_requests", "requests/month"),
            new Column("quota_share", "quota used"),
            new Column("monthly_cost_consumer", "consumers pay"),
            new Column("monthly_cost_provider", "provider pays"),
            new Column("held_connections", "held open"),
            new Column("wakeups_per_hour", "wake-ups/h"));

    private static final String LATENCY = "latency_p95_ms";
    private static final double MANY = 1e6;

    private final AdviceRecord record;

    AdviceWords(AdviceRecord record) {
        this.record = record;
    }

    /** The columns of the table that any candidate has. */
    List<Column> shown() {
        return TABLE.stream()
                .filter(column -> record.candidates().stream()
                        .anyMatch(candidate ->
                                candidate.feasible() && candidate.figures().containsKey(column.column())))
                .toList();
    }

    /** A figure of a candidate for people; a dash where it is not known. */
    String value(Candidate candidate, String column) {
        return candidate.figure(column).map(value -> value(column, value)).orElse("–");
    }

    String value(String column, double value) {
        if (column.startsWith("latency_")) {
            return value == 0 ? "no delay" : Decimals.milliseconds(value);
        }
        if (column.startsWith("monthly_cost")) {
            return MoneyText.of(value, record.currency());
        }
        return switch (column) {
            case "lost_ratio", "quota_share", "wasted_ratio" ->
                value > 0 && value < 1e-4 ? "%.2g %%".formatted(100 * value) : Decimals.share(value);
            case "held_connections" -> Decimals.setting(value);
            default -> amount(value);
        };
    }

    /** Three digits, however many there are. */
    private static String amount(double value) {
        return value >= MANY ? Decimals.significant(value / MANY) + " million" : Decimals.significant(value);
    }

    /** The answer in one sentence. */
    String answer() {
        Optional<Candidate> chosen = record.chosen();
        if (chosen.isEmpty()) {
            return record.relaxations().isEmpty()
                    ? "Nothing is feasible."
                    : "Nothing is feasible; least to give: "
                            + record.relaxations().get(0) + ".";
        }
        Candidate best = chosen.get();
        return "Take %s%s: %s (%s).".formatted(best.traits().called(), with(best), goal(best), best.answer());
    }

    /** The settings, in brackets. */
    private static String with(Candidate candidate) {
        return candidate.settings().isEmpty() ? "" : " with " + candidate.typed();
    }

    private String goal(Candidate candidate) {
        Objective objective = record.objective();
        boolean always = isNone(candidate, "latency_mean_ms");
        String late = isNone(candidate, LATENCY)
                ? (always ? "" : "95 % ") + "without delay"
                : "p95 " + value(candidate, LATENCY);
        return switch (objective) {
            case MONTHLY_COST -> value(candidate, objective.column()) + " a month, " + late;
            case REQUESTS -> value(candidate, objective.column()) + " requests and frames a second, " + late;
            case LATENCY_MEAN -> always ? late : "mean latency " + value(candidate, objective.column()) + ", " + late;
        };
    }

    private static boolean isNone(Candidate candidate, String column) {
        return candidate.figure(column).filter(value -> value == 0).isPresent();
    }

    /** The second best and by how much it is worse. */
    Optional<String> runnerUp() {
        return record.runnerUp().map(second -> {
            Candidate best = record.chosen().orElseThrow();
            return "The second best is %s%s: %s (%s), %s."
                    .formatted(
                            second.traits().called(),
                            with(second),
                            goal(second),
                            second.answer(),
                            margin(best, second));
        });
    }

    private String margin(Candidate best, Candidate second) {
        String column = record.objective().column();
        double one = best.figure(column).orElse(Double.NaN);
        double other = second.figure(column).orElse(Double.NaN);
        if (Math.abs(other - one) <= 1e-9 * Math.abs(other)) {
            return "no worse in " + record.objective().words();
        }
        return one > 0
                ? "%s times as much in %s"
                        .formatted(
                                Decimals.times(other / one), record.objective().words())
                : value(column, other - one) + " more in " + record.objective().words();
    }

    /** Where the answer changes, a sentence for each input. */
    List<String> flips() {
        Map<String, List<Flip>> byInput = new LinkedHashMap<>();
        record.flips()
                .forEach(flip -> byInput.computeIfAbsent(flip.input(), name -> new ArrayList<>())
                        .add(flip));
        List<String> sentences = new ArrayList<>();
        byInput.forEach((input, both) -> {
            Flip any = both.get(0);
            sentences.add("%s (now %s): %s".formatted(input, text(any, any.now(), any.nowText()), changes(both)));
        });
        return sentences;
    }

    /** Latencies in the units of all others. */
    private static String text(Flip flip, double value, String otherwise) {
        return flip.input().startsWith("latency_") ? Decimals.settingMilliseconds(Decimals.rounded(value)) : otherwise;
    }

    /** @param both directions */
    private static String changes(List<Flip> both) {
        if (both.stream().allMatch(flip -> flip.at().isEmpty() && flip.answer().isEmpty())) {
            return "not looked, since it takes many runs in virtual time (--all-flips looks)";
        }
        List<String> parts = new ArrayList<>();
        for (Flip flip : both) {
            if (flip.at().isPresent()) {
                parts.add("%s %s %s%s"
                        .formatted(
                                flip.above() ? "from" : "at most",
                                text(flip, flip.at().getAsDouble(), flip.atText()),
                                flip.mode().isEmpty() ? "nothing is feasible" : flip.mode() + " is best",
                                flip.answer().equals("simulated") ? " (simulated)" : ""));
            } else if (flip.answer().isEmpty()) {
                parts.add("not looked %s, since it takes many runs in virtual time (--all-flips looks)"
                        .formatted(flip.above() ? "above" : "below"));
            }
        }
        return parts.isEmpty() ? "no change within a hundredfold" : String.join("; ", parts);
    }

    /** What virtual time says of the first two. */
    List<String> checks() {
        Map<String, List<Check>> byMode = new LinkedHashMap<>();
        record.checks()
                .forEach(check -> byMode.computeIfAbsent(
                                check.mode() + ", " + check.checkedBy(), mode -> new ArrayList<>())
                        .add(check));
        List<String> sentences = new ArrayList<>();
        byMode.forEach((what, checks) -> {
            List<String> figures = checks.stream()
                    .map(check -> "%s %s (%s%s %s)%s"
                            .formatted(
                                    label(check.column()),
                                    value(check.column(), check.checked()),
                                    interval(check),
                                    check.answer(),
                                    value(check.column(), check.figure()),
                                    check.holds() ? "" : ", WHICH DOES NOT MEET ITS NEED"))
                    .toList();
            sentences.add("%s: %s".formatted(what, Sentences.listed(figures)));
        });
        return sentences;
    }

    private String interval(Check check) {
        double low = Math.max(0, check.low()); // no figure can be less
        return low < check.high()
                ? "95 %%: %s to %s; ".formatted(value(check.column(), low), value(check.column(), check.high()))
                : "";
    }

    private static String label(String column) {
        return TABLE.stream()
                .filter(one -> one.column().equals(column))
                .findFirst()
                .map(Column::label)
                .orElse(column);
    }

    /** The command that would measure a candidate. */
    String measure(Candidate candidate) {
        Scenario scenario = record.scenario();
        List<String> words = new ArrayList<>(List.of("pushpull", "compare", "--mode", candidate.mode()));
        words.addAll(
                List.of("--rate", Quantity.rate(scenario.events().arrivals().ratePerSecond())));
        if (!scenario.events().arrivals().kind().equals("poisson")
                && !scenario.events().arrivals().kind().equals("trace")) {
            words.addAll(List.of("--arrivals", scenario.events().arrivals().kind()));
        }
        words.addAll(List.of("--consumers", Integer.toString(scenario.events().consumers())));
        candidate.settings().forEach((flag, value) -> words.addAll(List.of(flag, value)));
        return ShellWords.join(words);
    }
}
