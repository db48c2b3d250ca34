package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements about streams and thin webhooks, live: what does not depend on how busy the machine is. */
@Tag("slow")
class ClaimsOfOtherWaysTest {
    @TempDir
    private Path directory;

    @Test
    void streamsBreakAndThinWebhooksAreSkippedAsPredicted() throws IOException {
        Said said = Said.by(
                "",
                List.of(
                        "claims",
                        "--quick",
                        "--only",
                        "streams,thin-webhooks",
                        "--json",
                        "--out",
                        directory.resolve("results").toString()));
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        Map<String, JsonNode> rows = new HashMap<>();
        for (JsonNode row : new ObjectMapper().readTree(said.output()).path("rows")) {
            rows.put(row.path("metric").asText(), row);
        }

        assertThat(rows.get("lost_read_at_once").path("other").asDouble()).isZero();
        assertThat(rows.get("lost_lag_50_ms_again").path("other").asDouble()).isZero();
        assertThat(rows.get("lost_lag_50_ms_skip").path("other").asDouble())
                .as("all, unless the machine delays webhooks by more than the lag")
                .isPositive();
        assertThat(rows.get("requests_read_at_once").path("other").asDouble()).isCloseTo(2, within(0.1));
        assertThat(rows.get("loses_from_a_lag_of").path("other_predicted").asDouble())
                .isPositive();
        for (String stream : List.of("sse", "websocket")) {
            if (!rows.containsKey("mean_" + stream + "_life_limit")
                    || !rows.containsKey("bytes_" + stream + "_alone")) {
                continue; // a run that was too slow is no evidence
            }
            JsonNode ended = rows.get("mean_" + stream + "_life_limit");
            assertThat(ended.path("other").asDouble())
                    .as("D²/(2 E[C]) is 17 ms")
                    .isGreaterThan(5)
                    .isGreaterThan(ended.path("webhook").asDouble());
            assertThat(rows.get("bytes_" + stream + "_alone").path("other").asDouble())
                    .isLessThan(rows.get("bytes_" + stream + "_alone")
                            .path("webhook")
                            .asDouble());
        }
    }
}
