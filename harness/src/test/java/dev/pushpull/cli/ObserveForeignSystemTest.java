package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system whose list and webhooks a test decides one by one: what became of each item is known exactly. */
@Tag("live")
class ObserveForeignSystemTest {
    private static final Pattern ADDRESS = Pattern.compile("Receiving at (http://\\S+)");
    private static final long MARGIN_NANOS = 300_000_000L;
    private static final int ITEMS = 30;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> list = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("[" + String.join(",", list) + "]").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(down ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String said(Program program) {
        try {
            return program.output() + program.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(int number) {
        return "{\"id\":\"i%d\",\"t\":%d}".formatted(number, 1_700_000_000 + number);
    }

    private void push(URI address, int number) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json(number)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void polled(Program observe, int number) {
        eventually(
                "i" + number + " was polled",
                () -> said(observe)
                        .lines()
                        .anyMatch(line -> line.startsWith("poll ") && line.matches(".* i" + number + "\\b.*")));
    }

    @Test
    void everyItemIsWhatItWasUnderDuplicatesLossesReorderingAndAnOutage() throws Exception {
        SplittableRandom random = new SplittableRandom(21);
        Map<String, String> ledger = new TreeMap<>();
        Map<String, Integer> again = new TreeMap<>();
        list.add(json(1_000));
        ledger.put("i1000", "backlog");
        try (Program observe = Program.start(
                directory,
                "observe",
                "--poll=http://127.0.0.1:" + server.getAddress().getPort() + "/items",
                "--items=",
                "--time=/t",
                "--interval=50ms",
                "--grace=100ms",
                "--receive=127.0.0.1:0/hook",
                "--scheme=none",
                "--push-id=/id",
                "--push-time=/t",
                "--inbox=memory",
                "--out=o")) {
            eventually("it is ready", () -> said(observe).contains("observe: ready"));
            Matcher at = ADDRESS.matcher(said(observe));
            assertThat(at.find()).isTrue();
            URI hook = URI.create(at.group(1));
            LockSupport.parkNanos(MARGIN_NANOS); // before that, nothing is called missed
            int last = 0;
            for (int i = 1; i <= ITEMS; i++) {
                down = i >= ITEMS / 2 && i < ITEMS / 2 + 5;
                String id = "i" + i;
                switch (random.nextInt(5)) {
                    case 0 -> { // pushed, then listed
                        push(hook, i);
                        list.add(json(i));
                        ledger.put(id, "both");
                    }
                    case 1 -> { // listed, and pushed much later
                        down = false;
                        list.add(json(i));
                        polled(observe, i);
                        push(hook, i);
                        ledger.put(id, "both");
                    }
                    case 2 -> { // pushed three times
                        push(hook, i);
                        list.add(json(i));
                        push(hook, i);
                        push(hook, i);
                        again.put(id, 2);
                        ledger.put(id, "both");
                    }
                    case 3 -> { // its webhook is lost
                        list.add(json(i));
                        ledger.put(id, "poll only");
                    }
                    default -> { // it vanishes before anyone polls
                        push(hook, i);
                        ledger.put(id, "gone before polled");
                    }
                }
                last = i;
            }
            down = false;
            for (int swapped : List.of(502, 501)) { // pushed in the wrong order
                push(hook, swapped);
                list.add(json(swapped));
                ledger.put("i" + swapped, "both");
            }
            list.add(json(last + 1)); // when this is polled, a poll has begun after each push
            polled(observe, last + 1);
            ledger.put("i" + (last + 1), "poll only");
            LockSupport.parkNanos(2 * MARGIN_NANOS); // nor is anything that came just before the end
            observe.signal("TERM");
            assertThat(observe.exitCode()).as(said(observe)).isEqualTo(ExitCode.INTERRUPTED);
        }
        Map<String, String> outcomes = new TreeMap<>();
        Map<String, Integer> duplicates = new TreeMap<>();
        for (String line : Files.readAllLines(directory.resolve("o/pairs.csv")).stream()
                .skip(1)
                .toList()) {
            String[] cells = line.split(",", -1);
            assertThat(outcomes.put(cells[0], cells[8])).as(line).isNull();
            if (!cells[7].equals("0")) {
                duplicates.put(cells[0], Integer.parseInt(cells[7]));
            }
        }
        assertThat(outcomes).isEqualTo(ledger);
        assertThat(duplicates).isEqualTo(again);
        JsonNode sides = new ObjectMapper()
                .readTree(directory.resolve("o/run.json").toFile())
                .path("sides");
        assertThat(sides.get(0).path("missed_by_poll").asInt())
                .isEqualTo(Collections.frequency(ledger.values(), "gone before polled"));
        assertThat(sides.get(1).path("missed_by_push").asInt())
                .isEqualTo(Collections.frequency(ledger.values(), "poll only"));
        assertThat(sides.get(1).path("out_of_order").asInt()).isOne();
        assertThat(sides.get(1).path("source_latency_mean_ms").asDouble()).isPositive();
    }
}
