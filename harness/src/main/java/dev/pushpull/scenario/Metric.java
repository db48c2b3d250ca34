package dev.pushpull.scenario;

import java.util.function.BiFunction;

/**
 * A figure, declared once; the terminal table, CSV, JSON and HTML all follow from this.
 *
 * @param column its name in files
 * @param unit for people; empty when the figure is a count, a ratio or a text
 * @param better which direction is better
 * @param meaning one sentence
 * @param reader returns a String, Long, Double, Boolean, or null when the figure does not exist
 */
public record Metric(
        String column, String unit, Better better, String meaning, BiFunction<RunRecord, Outcome, Object> reader) {
    /** Which direction is better. */
    public enum Better {
        LOWER,
        HIGHER,
        NEITHER
    }

    /** Whether the figure is a number, so that it can be compared. */
    public boolean numeric() {
        return !Metrics.TEXTS.contains(column);
    }

    /** The figure for one outcome, or null when it does not exist there. */
    public Object read(RunRecord run, Outcome outcome) {
        return reader.apply(run, outcome);
    }
}
