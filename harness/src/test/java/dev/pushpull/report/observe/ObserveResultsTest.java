package dev.pushpull.report.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.RunRecord.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserveResultsTest {
    @TempDir
    private Path folder;

    static ObservedRecord record(long both, long gone, Map<String, Double> sooner) {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.text(), 0L);
        }
        outcomes.put(Outcome.BOTH.text(), both);
        outcomes.put(Outcome.GONE.text(), gone);
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("mode", "poll");
        side.put("sooner_p50_ms", null);
        return new ObservedRecord(
                6,
                "r",
                "observe",
                List.of("pushpull", "observe"),
                "2026-01-01T00:00:00Z",
                Map.of(),
                false,
                new ObservedRecord.Pairing(
                        5_000_000_000L,
                        1_000_000_000L,
                        3_600_000_000_000L,
                        outcomes,
                        sooner,
                        sooner.containsKey("mean")
                                ? Map.of("mean", new Estimate(sooner.get("mean"), 2_400, 2_600, "polls"))
                                : Map.of(),
                        0,
                        2,
                        -1,
                        0,
                        0,
                        ""),
                List.of(side, new HashMap<>(Map.of("mode", "receive"))),
                new ObservedRecord.Strip(
                        10,
                        List.of(1.0, 6.0),
                        List.of(new ObservedRecord.Item("<b>", OptionalDouble.of(3), OptionalDouble.of(6.01)))),
                List.of(new ObservedRecord.Interval(1_000_000_000L, 3_600, 0.9)),
                List.of("Poll every hour."),
                List.of(),
                List.of(new Finding("CPU of the page that showed the run", 0.5, "0.50 % of the program's")));
    }

    @Test
    void theTitleIsTheFinding() {
        assertThat(new ObserveWords(record(1_204, 3, Map.of("p50", 2_410.0, "mean", 2_500.0))).title())
                .isEqualTo("Webhooks came 2.41 s sooner than a poll every 5 s, in the median of 1,204 items;"
                        + " polls missed 3 and webhooks none");
        assertThat(new ObserveWords(record(1_204, 0, Map.of("p50", -700.0))).title())
                .startsWith("Webhooks came 700 ms later than")
                .endsWith("neither missed any");
        assertThat(new ObserveWords(record(2, 0, Map.of())).title())
                .startsWith("2 items came both ways, too few for a median");
        assertThat(new ObserveWords(record(0, 4, Map.of())).title())
                .isEqualTo("No item came both ways; polls missed 4 and webhooks none");
    }

    @Test
    void theMeanIsJudgedAgainstHalfTheInterval() {
        assertThat(new ObserveWords(record(1_204, 3, Map.of("mean", 2_500.0))).findings())
                .anySatisfy(finding -> assertThat(finding).contains("T/2 = 2.50 s", "so this is as expected"));
    }

    @Test
    void thePageHasTheItemsAndIsMadeAgainFromRunJson() throws IOException {
        ObservedRecord record = record(1_204, 3, Map.of("p50", 2_410.0, "mean", -2_500.0));
        String page = ObserveResults.html(record, Downloads.of(Map.of()));
        assertThat(page)
                .contains(
                        "The doorbell and the mailbox",
                        "&lt;b&gt;",
                        "Poll every hour.",
                        "gone before polled",
                        "0.50 % of the program",
                        "2.50 s");

        ObserveResults.write(record, folder);
        assertThat(folder.resolve("summary.csv")).hasContent("mode,sooner_p50_ms\npoll,\nreceive,\n");
        assertThat(ObserveResults.render(record, Optional.of(folder), false, true))
                .contains(
                        "Webhooks came 2.41 s sooner",
                        "CPU of the page that showed the run: 0.50 % of the program's",
                        "Results: ");
        assertThat(RunJson.tree(folder).at("/findings/0/value").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aRowIsInTheFileAsSoonAsItIsDecidedAndARowCutOffHarmsNoOther() throws IOException {
        List<String> seen = new ArrayList<>();
        try (PairsFile pairs = new PairsFile(folder, text -> text, line -> {})) {
            pairs.add(new ObservedPair(
                    "=a",
                    "1",
                    OptionalLong.empty(),
                    OptionalLong.of(1_000_000_000L),
                    OptionalLong.of(1_500_000_000L),
                    7,
                    2,
                    Outcome.BOTH));
            assertThat(folder.resolve("pairs.csv"))
                    .hasContent("id,version,source_time,pushed_at,polled_at,poll_no,sooner_ms,duplicates,outcome\n"
                            + "'=a,1,,1970-01-01T00:00:01.000000000Z,1970-01-01T00:00:01.500000000Z,7,500,2,both\n");
            pairs.keep(List.of(new ObservedPair(
                    "b", "", OptionalLong.empty(), OptionalLong.of(5), OptionalLong.empty(), 0, 0, Outcome.OPEN)));
            Files.writeString(folder.resolve("pairs.csv"), "c,,1970-01-0", StandardOpenOption.APPEND);
            PairsFile.read(folder, (id, version) -> seen.add(id + "/" + version));
        }
        assertThat(seen).containsExactly("=a/1", "b/");
        assertThat(folder.resolve("undecided.csv")).doesNotExist();
    }
}
