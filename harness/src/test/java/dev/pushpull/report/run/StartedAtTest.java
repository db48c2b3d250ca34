package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.StartedAt;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedAtTest {
    @Test
    void isReadToTheSecond() {
        assertThat(StartedAt.readable("2026-11-26T20:40:55.803951961Z")).isEqualTo("2026-11-26 20:40:55 UTC");
        assertThat(StartedAt.readable("yesterday")).isEqualTo("yesterday");
        assertThat(HtmlReport.render(Runs.ordinary().run(), List.of())).contains("2026-11-23 13:52:22 UTC");
    }
}
