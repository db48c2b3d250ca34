package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as clients that are not ours see its streams. */
@Tag("live")
class ServedStreamsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.:]+");

    @TempDir
    private Path directory;

    private String[] serving() {
        return new String[] {
            "serve", "--port=0", "--rate=30/s", "--consumers=1", "--armed", "--out=" + directory.resolve("serve")
        };
    }

    private static String said(Program serve) {
        try {
            return serve.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Supplier<String> said) {
        String[] address = new String[1];
        eventually("it says where it serves", () -> {
            Matcher found = ADDRESS.matcher(said.get());
            address[0] = found.find() ? found.group() : null;
            return address[0] != null;
        });
        return address[0];
    }

    private static String sent(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void curlReadsAStreamAndGoesOnWhereItStopped() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl");
        try (Program serve = Program.start(directory, serving())) {
            String provider = address(() -> said(serve));
            Process curl = curl(provider + "/events?stream=c0");
            try (BufferedReader lines = curl.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("retry: 2000");
                assertThat(lines.readLine()).isEqualTo("id: 0");
                assertThat(lines.readLine()).isEmpty();
                sent(HttpRequest.newBuilder(URI.create(provider + "/control/start"))
                        .POST(HttpRequest.BodyPublishers.noBody()));
                for (int number = 1; number <= 3; number++) {
                    assertBlock(lines, number);
                }
            } finally {
                curl.destroy();
            }
            Process again = curl(provider + "/events?stream=c0", "-H", "Last-Event-ID: 1");
            try (BufferedReader lines = again.inputReader()) {
                assertThat(List.of(lines.readLine(), lines.readLine(), lines.readLine()))
                        .containsExactly("retry: 2000", "id: 1", "");
                assertBlock(lines, 2);
            } finally {
                again.destroy();
            }
            Process polls = new ProcessBuilder("curl", "-s", provider + "/events?stream=c0&limit=1").start();
            assertThat(JSON.readTree(polls.getInputStream()).path("data"))
                    .as("polls are served as ever")
                    .hasSize(1);
            serve.signal("TERM");
            assertThat(serve.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            JsonNode figures =
                    JSON.readTree(directory.resolve("serve/run.json").toFile()).path("figures");
            assertThat(figures.path("events_streamed").asLong()).isGreaterThanOrEqualTo(4);
        }
    }

    private static Process curl(String url, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sN", "-H", "Accept: text/event-stream", url));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).start();
    }

    private static void assertBlock(BufferedReader lines, int number) throws IOException {
        assertThat(lines.readLine()).isEqualTo("id: " + number);
        assertThat(lines.readLine()).startsWith("event: ");
        String data = lines.readLine();
        assertThat(data).startsWith("data: ");
        assertThat(JSON.readTree(data.substring("data: ".length()))
                        .path("sequence")
                        .asInt())
                .isEqualTo(number);
        assertThat(lines.readLine()).isEmpty();
    }

    @Test
    void aWebSocketOfTheJdkReadsToo() throws Exception {
        ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();
        try (ProgramHere serve = ProgramHere.start(serving())) {
            String provider = address(serve::errors);
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(
                            URI.create(provider.replace("http:", "ws:") + "/events?stream=c0"), new Taking(messages))
                    .get(10, TimeUnit.SECONDS);
            eventually("it is greeted", () -> !messages.isEmpty());
            sent(HttpRequest.newBuilder(URI.create(provider + "/control/start"))
                    .POST(HttpRequest.BodyPublishers.noBody()));
            eventually("events come", () -> messages.size() > 3);
            socket.abort();
        }
        List<String> inOrder = List.copyOf(messages);
        assertThat(inOrder.get(0)).startsWith("{\"type\":\"hello\"");
        assertThat(JSON.readTree(inOrder.get(1)).path("sequence").asInt()).isEqualTo(1);
        assertThat(JSON.readTree(inOrder.get(3)).path("sequence").asInt()).isEqualTo(3);
    }

    private record Taking(ConcurrentLinkedQueue<String> messages) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.add(data.toString());
            socket.request(1);
            return null;
        }
    }
}
