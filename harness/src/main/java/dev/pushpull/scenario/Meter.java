package dev.pushpull.scenario;

import java.util.List;
import java.util.Locale;

/**
 * One line of a price list: what is counted, and what it costs a month.
 *
 * @param kind what is counted
 * @param price of {@code per} units beyond the free ones
 * @param per units, above 0
 * @param free units a month that cost nothing
 * @param steps prices that apply from so many units a month on, rising
 * @param counts which requests it counts
 * @param each units that one request takes: seconds times gigabytes, or times processors; of a monthly sum, 1
 * @param unitBytes so many bytes are a unit of a message; 0 for any number
 * @param when the modes that it applies to
 * @param source where the price was read
 * @param date when, as ISO 8601
 */
public record Meter(
        Kind kind,
        double price,
        double per,
        double free,
        List<Step> steps,
        Counts counts,
        double each,
        double unitBytes,
        When when,
        String source,
        String date) {
    /** From {@code from} units a month on, {@code per} units cost {@code price}. */
    public record Step(double from, double price) {}

    /** What is counted, and the name of one of it. */
    public enum Kind {
        REQUESTS("request"),
        MESSAGES("message"),
        CONNECTION_MINUTES("minute"),
        GB_SECONDS("GB-s"),
        VCPU_SECONDS("vCPU-s"),
        EGRESS("GB"),
        MONTHLY("month");

        private final String unit;

        Kind(String unit) {
            this.unit = unit;
        }

        public String unit() {
            return unit;
        }

        /** As written in a price list. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The requests that a meter counts, seen from the side that pays. */
    public enum Counts {
        ALL,
        SENT,
        RECEIVED
    }

    /** The modes to which a meter applies. */
    public enum When {
        ALWAYS,
        LISTENS,
        HOLDS_CONNECTIONS,
        POLLS
    }

    /** What so many units a month cost: nothing while they are free, then piecewise linear. */
    public double cost(double units) {
        double cost = 0;
        double from = 0;
        double rate = price;
        for (Step step : steps) {
            cost += rate * between(from, Math.min(units, step.from()));
            from = Math.max(from, Math.min(units, step.from()));
            rate = step.price();
        }
        cost += rate * between(from, units);
        return cost / per;
    }

    /** The units in a range that are not free. */
    private double between(double from, double to) {
        return Math.max(0, to - Math.max(from, free));
    }

    /** The same at so many times its prices. */
    public Meter times(double factor) {
        return new Meter(
                kind,
                price * factor,
                per,
                free,
                steps.stream()
                        .map(step -> new Step(step.from(), step.price() * factor))
                        .toList(),
                counts,
                each,
                unitBytes,
                when,
                source,
                date);
    }
}
