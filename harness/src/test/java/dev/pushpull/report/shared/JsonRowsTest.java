package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
    @Test
    void writesNumbersAsShortestDecimalsAndAbsentOnesAsNull() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("count", 12L);
        row.put("ratio", 0.1);
        row.put("small", 2.0e-7);
        row.put("large", 1.2e10);
        row.put("none", null);
        row.put("no_number", Double.NaN);
        row.put("valid", true);
        row.put("mode", "a\"b");

        assertThat(JsonRows.render("compare", List.of(row)))
                .isEqualTo("{\"schema_version\":1,\"command\":\"compare\",\"rows\":[{\"count\":12,\"ratio\":0.1,"
                        + "\"small\":0.0000002,\"large\":12000000000,\"none\":null,\"no_number\":null,"
                        + "\"valid\":true,\"mode\":\"a\\\"b\"}]}");
    }

    @Test
    void hasTheColumnsOfTheSummaryForKeys() throws Exception {
        RunRecord run = Runs.ordinary().consumers(5).seconds(20).run();

        String json = JsonRows.render(
                "compare",
                run.outcomes().stream()
                        .map(outcome -> Metrics.row(run, outcome))
                        .toList());

        JsonNode webhook = new ObjectMapper().readTree(json).path("rows").path(1);
        assertThat(webhook.size()).isEqualTo(Metrics.SUMMARY.size());
        assertThat(webhook.path("latency_p99_ms").isNull()).isTrue();
        assertThat(webhook.path("wasted_ratio").isNull()).isTrue();
        assertThat(webhook.path("latency_p50_ms").isNumber()).isTrue();
    }
}
