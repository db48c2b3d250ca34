package dev.pushpull.scenario;

/** What is to be as small as possible. */
public enum Objective {
    MONTHLY_COST("monthly_cost_consumer", "cost a month"),
    REQUESTS("requests_per_second", "requests"),
    LATENCY_MEAN("latency_mean_ms", "mean latency");

    private final String column;
    private final String words;

    Objective(String column, String words) {
        this.column = column;
        this.words = words;
    }

    /** The figure's column. */
    public String column() {
        return column;
    }

    /** In a sentence. */
    public String words() {
        return words;
    }
}
