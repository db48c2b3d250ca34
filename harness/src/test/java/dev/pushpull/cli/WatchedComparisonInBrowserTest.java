package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison while it runs, on its page. */
class WatchedComparisonInBrowserTest extends Browser {
    @TempDir
    private Path directory;

    @Test
    void whatIsDrawnIsWhatTheJournalHas() throws Exception {
        List<String> names = List.of("polling", "webhook", "sse");
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> names.contains(mode.name()))
                .toList();
        Scenario demo = DemoCommand.scenario();
        Scenario scenario = demo.withRun(demo.run().withModes(names).withDurationNanos(1_500_000_000L))
                .withPolling(demo.polling().withIntervalNanos(200_000_000L));
        try (Watching watching = Watching.of("A test", Optional.empty(), RunListener.NONE)) {
            driver().get(watching.address().toString());
            Comparison.Result result = new Comparison(scenario, modes, new Interruption(), watching)
                    .withJournal()
                    .run();

            for (int lane = 0; lane < modes.size(); lane++) {
                String mode = modes.get(lane).name();
                TreeSet<String> kept = new TreeSet<>();
                result.journal().stream()
                        .filter(step -> step.mode().equals(mode) && seen(step))
                        .forEach(step -> kept.add(step.step().ordinal() + " " + step.consumer() + " " + step.sequence()
                                + " " + step.number() + " " + step.status()));
                String shown =
                        "pushpull.watch.lanes()[%d].steps.filter(%s).map(s => [s.kind, s.consumer, s.sequence, s.number, s.status].join(' '))"
                                .formatted(lane, SEEN);
                await("new Set(%s).size >= %d".formatted(shown, kept.size()));
                assertThat(new TreeSet<>((List<?>) script("return " + shown)))
                        .as(mode)
                        .isEqualTo(kept);
            }
            await("pushpull.watch.lanes().every(l => l.steps.filter(" + SEEN + ").every(s => s.drawn))");
            assertThat(watching.cost()).isPresent();
        }
    }

    /** Ctrl-C while somebody watches: what was measured is kept and shown, as far as it came. */
    @Test
    void anInterruptedRunIsShownAsFarAsItCame() throws Exception {
        try (Program compare = Program.startInterruptible(
                directory,
                "compare",
                "--duration=1h",
                "--rate=10/s",
                "--interval=200ms",
                "--consumers=2",
                "--watch",
                "--out=o")) {
            URI page = address(compare);
            driver().get(page.toString());
            await("window.pushpull && pushpull.watch && pushpull.watch.lanes().length === 2"
                    + " && pushpull.watch.lanes().every(l => l.counts[3] >= 20)");
            List<?> shown = (List<?>) script("return pushpull.watch.lanes().map(l => l.counts[3])");
            compare.signal("INT");

            assertThat(compare.exitCode()).as(compare.errors()).isEqualTo(ExitCode.INTERRUPTED);
            await("/interrupted after/i.test(document.body.innerText)");
            JsonNode run =
                    new ObjectMapper().readTree(directory.resolve("o/run.json").toFile());
            assertThat(run.path("partial").asBoolean()).isTrue();
            List<String> rows = Files.readAllLines(directory.resolve("o/summary.csv"));
            int delivered = List.of(rows.get(0).split(",")).indexOf("delivered");
            for (int lane = 0; lane < shown.size(); lane++) {
                assertThat(Long.parseLong(rows.get(1 + lane).split(",", -1)[delivered]))
                        .as("deliveries that the page had shown")
                        .isGreaterThanOrEqualTo((Long) shown.get(lane));
            }
            assertThatThrownBy(() -> new Socket(page.getHost(), page.getPort()).close())
                    .as("the port is closed")
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static URI address(Program program) {
        Pattern wanted = Pattern.compile("Watch it at (\\S+)\n");
        eventually("it says where the page is", () -> {
            try {
                return wanted.matcher(program.errors()).find();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            Matcher matcher = wanted.matcher(program.errors());
            assertThat(matcher.find()).isTrue();
            return URI.create(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is finished is not drawn, and a connection is told of when it opens, too. */
    private static final String SEEN = "s => s.kind !== 3 && s.kind !== 5";

    private static boolean seen(JournalStep step) {
        return step.step() != Step.HELD && step.step() != Step.PROCESSED;
    }
}
