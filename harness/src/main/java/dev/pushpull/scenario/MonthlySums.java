package dev.pushpull.scenario;

import static dev.pushpull.scenario.Metric.Better.LOWER;
import static dev.pushpull.scenario.Metric.Better.NEITHER;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;

/** The metrics of money: what a mode costs in a month of 30 days, in the currency of the run. */
public final class MonthlySums {
    /** The column for the cost of requests. */
    public static final String BILL = "monthly_bill";

    /** The column for what a mode costs however many requests it makes. */
    public static final String FIXED = "monthly_fixed_sum";

    /** The column for both together. */
    public static final String TOTAL = "monthly_total";

    /** The column for the currency of all three. */
    public static final String CURRENCY = "currency";

    /** What the columns say, for runs and predictions alike. */
    static final String MEANING_OF_BILL =
            "Requests bill: what the requests of 30 days cost at the given price of a million";

    static final String MEANING_OF_FIXED = "The mode's fixed sum a month; empty when no mode was given one";

    static final String MEANING_OF_TOTAL = "Requests bill and fixed sum together, whichever was given";

    private static final Set<String> MONEY = Set.of(BILL, FIXED, TOTAL);

    private MonthlySums() {}

    /** Whether a column holds sums of money. */
    public static boolean isMoney(String column) {
        return MONEY.contains(column);
    }

    /** The oldest of them, which stands among other columns. */
    static Metric bill() {
        return sum(
                BILL,
                MEANING_OF_BILL,
                (run, outcome) -> run.pricing().requestsBill(outcome.mode(), requests(run, outcome)));
    }

    /** The others. */
    static List<Metric> others() {
        return List.of(
                sum(FIXED, MEANING_OF_FIXED, (run, outcome) -> run.pricing().fixedSum(outcome.mode())),
                sum(
                        TOTAL,
                        MEANING_OF_TOTAL,
                        (run, outcome) -> run.pricing().total(outcome.mode(), requests(run, outcome))),
                new Metric(
                        CURRENCY,
                        "",
                        NEITHER,
                        "Currency of the three sums, its code in ISO 4217; empty when none was given",
                        (run, outcome) -> run.pricing().currency().isEmpty()
                                ? null
                                : run.pricing().currency()));
    }

    private static Metric sum(String column, String meaning, BiFunction<RunRecord, Outcome, OptionalDouble> reader) {
        return new Metric(column, "", LOWER, meaning, (run, outcome) -> {
            OptionalDouble sum =
                    Metrics.measuredNanos(run, outcome) == 0 ? OptionalDouble.empty() : reader.apply(run, outcome);
            return sum.isPresent() ? sum.getAsDouble() : null;
        });
    }

    private static BigDecimal requests(RunRecord run, Outcome outcome) {
        return Pricing.monthlyRequests(outcome.counts().requests(), Metrics.measuredNanos(run, outcome));
    }
}
