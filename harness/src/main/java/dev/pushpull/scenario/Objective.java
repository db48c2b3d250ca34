package dev.pushpull.scenario;

/**
 * What is to be as small as possible. Requests are counted together with the frames on held connections: otherwise a
 * connection that is open all the time would cost nothing.
 */
public enum Objective {
    MONTHLY_COST("monthly_cost_consumer", "cost a month"),
    REQUESTS("exchanges_per_second", "requests and frames"),
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
