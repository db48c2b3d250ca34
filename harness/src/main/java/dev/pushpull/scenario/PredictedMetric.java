package dev.pushpull.scenario;

/**
 * A figure that a prediction can hold, declared once.
 *
 * @param column its name in files and in {@link Prediction#figures}
 * @param label for people
 * @param unit ms, B or /s; empty for a count or a ratio
 * @param meaning one sentence
 */
public record PredictedMetric(String column, String label, String unit, String meaning) {}
