package dev.pushpull.report.shared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The output of {@code --json}: one object with the rows of a command's CSV. */
public final class JsonRows {
    private static final int SCHEMA_VERSION = 1;

    private JsonRows() {}

    /**
     * One line of JSON, without a line end.
     *
     * @param rows by column; null where a figure does not exist
     */
    public static String render(String command, List<Map<String, Object>> rows) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema_version", SCHEMA_VERSION);
        all.put("command", command);
        all.put("rows", rows.stream().map(JsonRows::finite).toList());
        return RunJson.text(all);
    }

    private static Map<String, Object> finite(Map<String, Object> row) {
        Map<String, Object> finite = new LinkedHashMap<>();
        row.forEach((column, value) ->
                finite.put(column, value instanceof Double number && !Double.isFinite(number) ? null : value));
        return finite;
    }
}
