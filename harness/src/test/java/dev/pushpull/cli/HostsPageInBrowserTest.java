package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.TwoClocks;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.HostFigures.Clock;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.testing.SharedClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run over hosts, which here are addresses of this one; then the same as if each had a clock of its own. */
@Timeout(300)
@ExtendWith(SharedClasses.ForTheProgram.class)
class HostsPageInBrowserTest extends Browser {
    private static final Clock OWN = new Clock(false, true, 1_204, -3_141_592, -3_021_592, 60_000, -2.1, 1.4, 120_000);

    private Path measured;
    private Path apart;

    @BeforeAll
    void measure(@TempDir Path directory) throws Exception {
        Path hosts = Files.writeString(
                directory.resolve("hosts.toml"),
                "[provider]\n[[poller]]\naddress = '127.0.1.1'\n[[receiver]]\naddress = '127.0.2.1'\n");
        measured = directory.resolve("measured");
        Said said = Said.by(
                "",
                List.of(
                        ("compare --mode polling,webhook,sse --consumers 4 --interval 200ms --rate 10/s --duration 1s --quiet"
                                        + " --hosts " + hosts + " --out " + measured)
                                .split(" ")));
        assertThat(said.exitCode()).as(said.errors()).isIn(ExitCode.DONE, ExitCode.INVALID);
        RunRecord run = RunJson.read(measured);
        apart = Files.createDirectory(directory.resolve("apart"));
        RunResults.write(
                TwoClocks.took(run, 0.06)
                        .over(run.hosts().stream()
                                .map(HostsPageInBrowserTest::withItsOwnClock)
                                .toList()),
                apart);
    }

    private static HostFigures withItsOwnClock(HostFigures host) {
        return new HostFigures(
                host.role(),
                host.host(),
                host.address(),
                host.processors(),
                host.java(),
                host.consumers(),
                host.role().equals("provider") ? Clock.SAME : OWN,
                host.cpuMillis(),
                host.hiccupP99Millis(),
                host.hiccupP999Millis());
    }

    private void openDrawn(Path folder) {
        open(folder.resolve("report.html"));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    @Test
    void ofOneClockIsReadByEveryoneEverywhere() {
        openDrawn(measured);

        assertThat(text("main")).contains("provider on 127.0.0.1", "poller on 127.0.1.1", "receiver on 127.0.2.1");
        assertWholeEverywhere();
    }

    @Test
    void ofSeveralClocksIsReadByEveryoneEverywhere() {
        openDrawn(apart);

        assertThat(text("main")).contains("1,204 readings", "±60.0 µs", "The clocks of two hosts took these");
        assertWholeEverywhere();
    }

    private void assertWholeEverywhere() {
        assertQuiet();
        assertReadableEverywhere(() -> {
            assertNoSidewaysScroll();
            assertChartTextsReadable();
            assertThat((List<?>) script(CLIPPED)).isEmpty();
        });
    }

    /** Texts that reach beyond the window, or beyond what cuts them off; what can be scrolled is whole. */
    private static final String CLIPPED = """
            const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), cut = [];
            while (walker.nextNode()) {
              const text = walker.currentNode, range = document.createRange();
              if (!text.data.trim() || text.parentElement.closest('.hidden, .tools, svg, style, script')) continue;
              range.selectNodeContents(text);
              for (const box of range.getClientRects()) {
                let right = innerWidth, scrolled = false;
                for (let e = text.parentElement; e; e = e.parentElement) {
                  const overflow = getComputedStyle(e).overflowX;
                  if (overflow === 'auto' || overflow === 'scroll') scrolled = true;
                  if (overflow === 'hidden' || overflow === 'clip') right = Math.min(right, e.getBoundingClientRect().right);
                }
                if (!scrolled && box.width > 0 && (box.right > right + 1 || box.left < -1)) cut.push(text.data.trim().slice(0, 60));
              }
            }
            return cut;""";
}
