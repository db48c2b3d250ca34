package dev.pushpull.report.shared;

/** When a run was started, for people. */
public final class StartedAt {
    private StartedAt() {}

    /** To the second: {@code 2026-11-25 05:33:00 UTC}; any other text as it is. */
    public static String readable(String startedAt) {
        return startedAt.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?Z$", "$1 $2 UTC");
    }
}
