package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalLinesTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final RefusalLines lines = new RefusalLines();

    @Test
    void theFirstOfAReasonIsToldAtOnceAndOnce() {
        assertThat(lines.due(Map.of(), 0, false)).isEmpty();
        assertThat(lines.due(Map.of("only POST", 1L), SECOND_NANOS / 2, false))
                .containsExactly("     0.500 s  refused: only POST");
        assertThat(lines.due(Map.of("only POST", 1L), 9 * SECOND_NANOS, true)).isEmpty();
    }

    @Test
    void aFloodIsALineASecondForEachReasonAndEveryOneIsCounted() {
        List<String> told = new ArrayList<>();
        for (int look = 0; look <= 60; look++) {
            Map<String, Long> refused = Map.of("forged", 1 + 1000L * look, "too large", 1 + 10L * look);
            told.addAll(lines.due(refused, look * SECOND_NANOS / 20, look == 60));
        }
        assertThat(told).hasSize(2 * 4);
        assertThat(told)
                .filteredOn(line -> line.contains("forged  (20000 times)"))
                .hasSize(3);
    }

    @Test
    void atTheEndTheRestIsTold() {
        lines.due(Map.of("forged", 1L), 0, false);
        assertThat(lines.due(Map.of("forged", 4L), 10, false)).isEmpty();
        assertThat(lines.due(Map.of("forged", 4L), 20, true))
                .containsExactly("     0.000 s  refused: forged  (3 times)");
    }
}
