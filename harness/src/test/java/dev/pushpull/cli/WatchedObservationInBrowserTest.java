package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.RunJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** An observation while it goes on, on its page. */
class WatchedObservationInBrowserTest extends Browser {
    private static final int ITEMS = 20;

    /** When each item that a lane received was received, in microseconds; only of those that were drawn. */
    private static final String RECEIVED =
            "return pushpull.watch.lanes()[%d].steps.filter(s => s.kind === 4 && s.drawn).map(s => [s.stream, s.from])";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private static String found(Program program, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        eventually("it says " + pattern, () -> wanted.matcher(said(program)).find());
        Matcher matcher = wanted.matcher(said(program));
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    private static String said(Program program) {
        try {
            return program.output() + program.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void happens(String provider, String type) throws Exception {
        HttpResponse<String> made = client.send(
                HttpRequest.newBuilder(URI.create(provider + "/events"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"%s\",\"data\":{}}".formatted(type)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).isEqualTo(201);
    }

    private Map<String, Long> received(int lane) {
        Map<String, Long> received = new TreeMap<>();
        ((List<?>) script(RECEIVED.formatted(lane)))
                .forEach(row ->
                        received.put((String) ((List<?>) row).get(0), ((Number) ((List<?>) row).get(1)).longValue()));
        return received;
    }

    private Set<String> with(ObservedResults results, String column) {
        Set<String> ids = new TreeSet<>();
        results.pairs().forEach((id, row) -> {
            if (!row.get("outcome").equals("backlog") && !row.get(column).isEmpty()) {
                ids.add(id);
            }
        });
        return ids;
    }

    @Test
    void whatIsDrawnIsWhatThePairsSayAndTheReportComesInItsPlace() throws Exception {
        try (Program serve = Program.start(directory, "serve", "--port=0", "--rate=0.001/d", "--consumers=1")) {
            String provider = found(serve, "http://[0-9.:]+");
            happens(provider, "before");
            try (Program observe = Program.start(
                    directory,
                    "observe",
                    "--poll=" + provider + "/events",
                    "--interval=150ms",
                    "--grace=100ms",
                    "--receive=127.0.0.1:0",
                    "--subscribe=" + provider,
                    "--scheme=stripe",
                    "--push-where=/type=pushed",
                    "--watch",
                    "--out=o")) {
                driver().get(found(observe, "http://127.0.0.1:[0-9]+/[A-Za-z0-9_-]{20,}/"));
                found(observe, "observe: ready");
                for (int i = 0; i < ITEMS; i++) {
                    happens(provider, "pushed");
                }
                happens(provider, "polled");
                await("window.pushpull && pushpull.watch && pushpull.watch.lanes().length === 2"
                        + " && pushpull.watch.lanes()[0].counts[3] === " + (ITEMS + 1)
                        + " && pushpull.watch.lanes()[1].counts[3] === " + ITEMS);
                await("pushpull.watch.lanes().every(l => l.steps.filter(s => s.kind === 4).length >= " + ITEMS
                        + " && l.steps.filter(s => s.kind === 4 || s.kind === 0).every(s => s.drawn))");
                Map<String, Long> polled = received(0);
                Map<String, Long> pushed = received(1);
                await("document.getElementById('phase').textContent.includes('than polls so far, in the median')");
                assertThat(find("#unexpected").getText())
                        .isEqualTo("No expected curve for webhooks: when an item happened is not known here, only"
                                + " when it was seen.");
                assertThat(find("#counted").getText()).contains("75 ms"); // T/2 is expected of polls
                await("/\\d/.test(document.getElementById('pause').textContent)");
                find("#freeze").sendKeys(Keys.ENTER);
                assertThat(script("return document.activeElement.id")).isEqualTo("next");
                assertThat(find("#told-steps").getText()).startsWith("The item evt_");
                assertReadableEverywhere();

                observe.signal("TERM");
                assertThat(observe.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
                await(
                        "(h => h && h.textContent.startsWith('The doorbell and the mailbox'))(document.getElementById('strip'))");

                ObservedResults results = new ObservedResults(directory.resolve("o"));
                assertThat(RunJson.tree(directory.resolve("o"))
                                .at("/findings/0/name")
                                .asText())
                        .isEqualTo("CPU of the page that showed the run");
                assertThat(polled.keySet())
                        .isEqualTo(with(results, "polled_at"))
                        .hasSize(ITEMS + 1);
                assertThat(pushed.keySet())
                        .isEqualTo(with(results, "pushed_at"))
                        .hasSize(ITEMS);
                pushed.forEach((id, micros) -> assertThat((polled.get(id) - micros) / 1e3)
                        .as(id)
                        .isCloseTo(Double.parseDouble(results.pairs().get(id).get("sooner_ms")), within(0.01)));
            }
        }
    }
}
