package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Provider, receiver and poller as three processes: what one sends, the others have. */
@Tag("live")
class StandaloneCommandsTest {
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.:]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void threeProcessesAgreeOnTheEventsThereWere() throws Exception {
        try (Program serve = Program.start(
                directory,
                "serve",
                "--port=0",
                "--rate=30/s",
                "--consumers=2",
                "--armed",
                "--sender=okhttp",
                "--out=serve")) {
            String provider = address(serve);
            try (Program receive = Program.start(
                            directory, "receive", "--port", "0", "--subscribe", provider, "--out", "receive");
                    Program poll = Program.start(
                            directory, "poll", provider + "/events", "--interval", "50ms", "--out", "poll")) {
                address(receive);
                eventually(
                        "the poller polls", () -> books(provider).path("polls").asLong() > 0);
                assertThat(post(provider + "/control/start").statusCode()).isEqualTo(200);
                eventually(
                        "some events occur",
                        () -> books(provider).path("events").asLong() > 20);
                assertThat(post(provider + "/control/stop").statusCode()).isEqualTo(200);
                long events = books(provider).path("events").asLong();
                eventually(
                        "all are acknowledged",
                        () -> books(provider).path("acknowledged").asLong() == events);
                eventually(
                        "all are polled",
                        () -> books(provider).path("events_polled").asLong() == events);
                poll.signal("TERM");
                receive.signal("TERM");
                assertThat(poll.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
                assertThat(receive.exitCode()).isEqualTo(ExitCode.INTERRUPTED);

                JsonNode received = figures("receive");
                assertThat(received.path("delivered").asLong()).isEqualTo(events);
                assertThat(received.path("acknowledged").asLong()).isEqualTo(events);
                assertThat(received.path("negative_latencies").asLong()).isZero();
                assertThat(received.path("latency_p50_ms").asDouble())
                        .as("one clock")
                        .isPositive();
                JsonNode polled = figures("poll");
                assertThat(polled.path("delivered").asLong()
                                + polled.path("backlog").asLong())
                        .isEqualTo(events);
                assertThat(polled.path("suiting_interval_s").asDouble()).isPositive();
                assertThat(polled.path("latency_mean_ms").asDouble())
                        .as("one host")
                        .isPositive();
                assertThat(poll.output())
                        .as("what a person watches")
                        .containsPattern(
                                "\\d s {2}poll \\d+: \\d+ new\\R +\\d+\\.\\d{3} s {4}evt_\\w+ {2}\\d+\\.\\d{3} ms late\\R");
                assertThat(Files.readAllLines(directory.resolve("receive/deliveries.csv")))
                        .hasSize(1 + (int) events);
                JsonNode subscriptions = JSON.readTree(get(provider + "/subscriptions"));
                assertThat(subscriptions.path("data"))
                        .as("it has ended its subscription")
                        .isEmpty();
            }
            timesAreOfOneClock(JSON.readTree(get(provider + "/events?limit=1000")));
            serve.signal("TERM");
            assertThat(serve.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            JsonNode served = figures("serve");
            assertThat(served.path("events")).isEqualTo(served.path("acknowledged"));
            assertThat(served.path("sender").asText()).isEqualTo("okhttp");
            assertThat(Files.readAllLines(directory.resolve("serve/attempts.csv")))
                    .hasSize(1 + served.path("attempts").asInt());
        }
    }

    /** Its own figures are exact, and the source's differ by no more than two readings of a wall clock may. */
    private void timesAreOfOneClock(JsonNode page) throws IOException {
        Map<String, Instant> occurred = new HashMap<>();
        page.path("data")
                .forEach(event -> occurred.put(
                        event.path("id").asText(),
                        Instant.parse(event.path("occurred_at").asText())));
        Instant startedAt = Instant.parse(
                JSON.readTree(directory.resolve("receive/run.json").toFile())
                        .path("started_at")
                        .asText());
        List<String> lines = Files.readAllLines(directory.resolve("receive/deliveries.csv"));
        assertThat(lines.get(0)).isEqualTo("delivery_id,endpoint,type,received_s,latency_ms,bytes,received_at");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(cells[6]).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
            Instant receivedAt = Instant.parse(cells[6]);
            assertThat(startedAt.plusNanos(Math.round(Double.parseDouble(cells[3]) * 1e9)))
                    .isCloseTo(receivedAt, within(1, ChronoUnit.MICROS));
            assertThat(occurred.get(cells[0]).plusNanos(Math.round(Double.parseDouble(cells[4]) * 1e6)))
                    .isCloseTo(receivedAt, within(50, ChronoUnit.MILLIS));
        }
    }

    /** Connections that are accepted but not yet read also take files. Every reason of a refusal is a column. */
    @Test
    void moreConnectionsAtOnceThanThereAreFilesShutNobodyOutAndARefusalIsCountedByItsWholeName() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (Program receive = Program.startWithFiles(
                300, directory, "receive", "--port", "0", "--scheme", "github", "--secret", "s", "--out", "receive")) {
            URI at = URI.create(address(receive));
            for (int i = 0; i < 900; i++) {
                Socket one = new Socket(at.getHost(), at.getPort());
                one.getOutputStream().write("POST /w".getBytes(StandardCharsets.US_ASCII));
                crowd.add(one);
            }
            assertThat(get(at + "/webhooks/0")).isEqualTo("only POST\n");
            receive.signal("TERM");
            assertThat(receive.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(receive.errors()).doesNotContain("Too many open files");
            assertThat(figures("receive").path("refused_only_post").asLong()).isEqualTo(1);
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    private static String address(Program program) {
        String[] found = new String[1];
        eventually("it says where it listens", () -> {
            Matcher matcher = ADDRESS.matcher(said(program));
            if (matcher.find()) {
                found[0] = matcher.group();
            }
            return found[0] != null;
        });
        return found[0];
    }

    private static String said(Program program) {
        try {
            return program.errors();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode books(String provider) {
        try {
            return JSON.readTree(get(provider + "/control/books"));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode figures(String command) throws IOException {
        return JSON.readTree(directory.resolve(command).resolve("run.json").toFile())
                .path("figures");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        serve --port 70000                            | --port: '70000' is not accepted
        serve --rate fast                             | --rate: 'fast' is not accepted
        serve --scheme strip                          | did you mean 'stripe'?
        serve --duration 0s                           | --duration
        serve --outbox jdbc:postgresql://127.0.0.1:1/x | --outbox: the database jdbc:postgresql://127.0.0.1:1/x cannot be used
        poll ftp://127.0.0.1/                         | URL: 'ftp://127.0.0.1/' is not accepted
        poll http://127.0.0.1:1/ --items data         | --items: 'data' is not accepted
        poll http://127.0.0.1:1/ --interval 0s        | --interval
        poll http://127.0.0.1:1/ --header Content-Length:1 | --header: 'Content-Length' is not accepted; pushpull sets it itself
        poll http://127.0.0.1:1/ --header transfer-encoding:chunked | --header: 'transfer-encoding' is not accepted
        poll http://127.0.0.1:1/ --header Connection:close | --header: 'Connection' is not accepted
        poll http://127.0.0.1:1/ --header Accept-Encoding:br | --header: 'Accept-Encoding' is not accepted
        poll http://127.0.0.1:1/ --header A(b:1       | --header: 'A(b: ***' is not accepted
        serve --port 0 --webhook-header Content-Length:1 | --webhook-header: 'Content-Length' is not accepted; pushpull sets it itself
        serve --port 0 --webhook-header host:s3cret   | --webhook-header: 'host' is not accepted
        serve --port 0 --webhook-header Content-Type:text/plain | --webhook-header: 'Content-Type' is not accepted
        serve --port 0 --webhook-header Expect:100-continue | --webhook-header: 'Expect' is not accepted
        serve --port 0 --webhook-header User-Agent:me | --webhook-header: 'User-Agent' is not accepted
        serve --port 0 --webhook-header webhook-signature:v1 | --webhook-header: 'webhook-signature' is not accepted
        serve --port 0 --webhook-header X-Hub-Signature-256:s3cret | --webhook-header: 'X-Hub-Signature-256' is not accepted
        serve --port 0 --webhook-header stripe-signature:t=1 | --webhook-header: 'stripe-signature' is not accepted
        serve --port 0 --webhook-header X-Gitlab-Token:s3cret | --webhook-header: 'X-Gitlab-Token' is not accepted
        serve --port 0 --webhook-header X-A:s3creté   | --webhook-header: the value of 'X-A' is not accepted
        serve --port 0 --webhook-header X-A:s3cret\\nX-B:2 | --webhook-header: the value of 'X-A' is not accepted
        serve --port 0 --keep soon                    | --keep: 'soon' is not accepted
        poll http://127.0.0.1:1/ --header none        | --header: 'none' is not accepted
        """)
    void badInputIsRefusedInOneLineBeforeAnythingRuns(String arguments, String named) {
        List<String> all =
                new java.util.ArrayList<>(List.of(arguments.replace("\\n", "\n").split(" ")));
        all.addAll(List.of("--out", directory.resolve("out").toString()));
        Said said = Said.by("", all);
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.errors()).doesNotContain("s3cret", ":pw");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void anEndpointThatCannotBePolledIsNamed() {
        Said said = Said.by(
                "",
                List.of(
                        "poll",
                        "http://127.0.0.1:1/events",
                        "--out",
                        directory.resolve("out").toString()));
        assertThat(said.errors())
                .contains("http://127.0.0.1:1/events cannot be polled")
                .hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("out")).doesNotExist();
    }
}
