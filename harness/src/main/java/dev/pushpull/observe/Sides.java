package dev.pushpull.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of {@code summary.csv}: one for the poller, one for the receiver, both with all columns. */
public final class Sides {
    private Sides() {}

    /**
     * @param polls what the poller counted, by column
     * @param pushes what the receiver counted
     */
    public static List<Map<String, Object>> rows(
            String runId, Map<String, Object> polls, Map<String, Object> pushes, Observed observed) {
        Map<String, Object> poll = row(runId, polls, observed, observed.pollColumns());
        Map<String, Object> push = row(runId, pushes, observed, observed.pushColumns());
        Set<String> columns = new LinkedHashSet<>(poll.keySet());
        columns.addAll(push.keySet());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> side : List.of(poll, push)) {
            Map<String, Object> whole = new LinkedHashMap<>();
            columns.forEach(column -> whole.put(column, side.get(column)));
            rows.add(whole);
        }
        return rows;
    }

    private static Map<String, Object> row(
            String runId, Map<String, Object> counted, Observed observed, Map<String, Object> own) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("run_id", runId);
        row.putAll(counted);
        row.putAll(observed.columns());
        row.putAll(own);
        return row;
    }
}
