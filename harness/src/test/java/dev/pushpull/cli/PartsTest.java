package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Provider, receiver and poller as three processes: what one sends the others have. */
class PartsTest {
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.:]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void threeProcessesAgreeOnTheEventsThereWere() throws Exception {
        try (Program serve = Program.start(
                directory, "serve", "--port", "0", "--rate", "30/s", "--consumers", "2", "--armed", "--out", "serve")) {
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
                        () -> books(provider).path("events").asLong() > 60);
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
                assertThat(Files.readAllLines(directory.resolve("receive/deliveries.csv")))
                        .hasSize(1 + (int) events);
                JsonNode subscriptions = JSON.readTree(get(provider + "/subscriptions"));
                assertThat(subscriptions.path("data"))
                        .as("it has ended its subscription")
                        .isEmpty();
            }
            serve.signal("TERM");
            assertThat(serve.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            JsonNode served = figures("serve");
            assertThat(served.path("events")).isEqualTo(served.path("acknowledged"));
            assertThat(Files.readAllLines(directory.resolve("serve/attempts.csv")))
                    .hasSize(1 + served.path("attempts").asInt());
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
        receive --port 0                              | --secret: it is missing
        receive --secret whsec_AAAA                   | --secret: it is not accepted for standard-webhooks
        receive --secret s --scheme gihub             | did you mean 'github'?
        receive --subscribe nowhere                   | --subscribe: 'nowhere' is not accepted
        receive --secret s --scheme slack --inbox x.sql | --inbox: 'x.sql' is not accepted
        poll ftp://127.0.0.1/                         | URL: 'ftp://127.0.0.1/' is not accepted
        poll http://127.0.0.1:1/ --items data         | --items: 'data' is not accepted
        poll http://127.0.0.1:1/ --interval 0s        | --interval
        poll http://127.0.0.1:1/ --header none        | --header: 'none' is not accepted
        """)
    void badInputIsRefusedInOneLineBeforeAnythingRuns(String arguments, String named) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--out", directory.resolve("out").toString()));
        Said said = Said.by("", all);
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
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
