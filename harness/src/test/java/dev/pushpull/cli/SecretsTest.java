package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever else a secret is given, in presets, files and headers, no output and no file contains it. */
class SecretsTest extends PlantedSecrets {
    @ParameterizedTest
    @ValueSource(strings = {"simulate", "serve", "predict"})
    void headersOfWebhooksAreKeptNowhere(String command) throws IOException {
        assertHeadersAreKeptNowhere(command, SHORT.getOrDefault(command, List.of()));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"compare", "sweep"})
    void headersOfWebhooksAreKeptNowhereByWhatIsMeasured(String command) throws IOException {
        assertHeadersAreKeptNowhere(command, words("--duration 1s --interval 200ms --consumers 1 --rate 20/s"));
    }

    private void assertHeadersAreKeptNowhere(String command, List<String> needed) throws IOException {
        Path preset = directory.resolve("mine.toml");
        Files.writeString(preset, "webhook-header = [\"X-Mine: %1$s\", \"Cookie: %1$s\"]\n".formatted(MARK));
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(needed);
        if (!command.equals("predict")) {
            arguments.addAll(List.of("--out", out()));
        }
        List<String> given = new ArrayList<>(arguments);
        given.addAll(List.of("--webhook-header", "X-Key: " + MARK, "--webhook-header=Accept-Language: me/1"));
        Said said = run(given);
        assertThat(said.exitCode()).as(said.errors()).isIn(ExitCode.DONE, ExitCode.INVALID);
        assertNothingLeaks(given, said);
        if (!command.equals("predict")) {
            String record = Files.readString(directory.resolve("out0/run.json"));
            assertThat(record).contains("X-Key: ***", "Accept-Language: me/1");
            if (!command.equals("serve")) {
                assertThat(record).contains("\"X-Key\":\"***\"", "\"Accept-Language\":\"me/1\"");
            }
            arguments.set(arguments.size() - 1, out());
        }
        arguments.addAll(List.of("--preset", preset.toString()));
        assertNothingLeaks(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook-header = [\"%s\"]",
                "webhook-header = [\"X-Key: %s\u0007\"]",
                "webhook-header = \"X-Key: %s",
                "webhook-header = [\"X-Key: \" \"%s\"]",
                "webhook-header = %s",
                "webhook-header = { \"X-Key\" = \"%s\" }",
                "secret = \"%s\"",
                "base = \"http://me:%s@127.0.0.1/\""
            })
    void aPresetThatIsRefusedKeepsItsSecrets(String line) throws IOException {
        Path preset = directory.resolve("mine.toml");
        Files.writeString(preset, line.formatted(MARK) + "\n");
        for (String debug : List.of("--debug", "--quiet")) {
            List<String> arguments =
                    List.of("simulate", "--preset", preset.toString(), debug, "--out", out(), "--horizon", "0s");
            Said said = run(arguments);
            assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
            assertNothingLeaks(arguments, said);
        }
    }

    @Test
    void argumentsFromAFileAreNoLessSecret() throws IOException {
        Path file = directory.resolve("arguments.toml");
        Files.writeString(file, "poll http://127.0.0.1:1/ --header\n\"X-Key " + MARK + "\"\n");
        assertNothingLeaks(List.of("@" + file));
        Files.writeString(file, "receive --secret " + MARK + " --port " + MARK + "\n");
        assertNothingLeaks(List.of("@" + file));
    }

    @Test
    void aPollersSecretsAreKeptThoughTheServerRepeatsThem() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String sent = exchange.getRequestHeaders().getFirst("X-Key") + " at " + exchange.getRequestURI();
            byte[] body = ("{\"data\":[{\"id\":\"" + sent + "\"}]}").getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals("/broken")) {
                body = ("{\"data\":" + sent).getBytes(StandardCharsets.UTF_8);
            }
            if (exchange.getRequestURI().getPath().equals("/away")) {
                exchange.getResponseHeaders().set("Location", "/else?for=" + MARK);
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        try {
            for (String path : List.of("/", "/broken", "/away")) {
                for (String form : List.of("--json", "--debug")) {
                    List<String> arguments = List.of(
                            "poll",
                            "http://me:%s@127.0.0.1:%d%s?sig=%s"
                                    .formatted(MARK, server.getAddress().getPort(), path, MARK),
                            "--header",
                            "X-Key: " + MARK,
                            form,
                            "--duration",
                            "50ms",
                            "--out",
                            out());
                    assertNothingLeaks(arguments);
                }
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aReceiverKeepsItsSecrets() throws IOException {
        for (String auth : List.of("basic:me:" + MARK, "bearer:" + MARK, "header:X-Key=" + MARK)) {
            List<String> arguments = new ArrayList<>(List.of("receive"));
            arguments.addAll(SHORT.get("receive"));
            arguments.addAll(List.of("--scheme", "github", "--secret", MARK, "--auth=" + auth, "--out", out()));
            Said said = run(arguments);
            assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
            assertNothingLeaks(arguments, said);
        }
    }

    @Test
    void whatIsNoSecretIsShown() throws IOException {
        Said said = run(List.of(
                "poll",
                "http://127.0.0.1:1/things?page=2&token=" + MARK,
                "--header",
                "Accept: text/plain",
                "--id=nope"));
        assertThat(said.errors()).contains("--id: 'nope' is not accepted");
        assertThat(run(List.of("poll", "http://127.0.0.1:1/things?page=2", "--duration", "50ms", "--out", out()))
                        .errors())
                .contains("http://127.0.0.1:1/things?page=2 cannot be polled");
    }

    @Test
    void aShortSecretDoesNotSpoilTheWords() {
        Said said = run(List.of("receive", "--secret", "secret", "--scheme", "github", "--port", "x"));
        assertThat(said.errors()).contains("--port: 'x' is not accepted; accepted: a whole number");
        assertThat(run(List.of("receive", "--secret", "s", "--scheme", "none")).errors())
                .contains("--secret: it is not accepted with --scheme none");
    }
}
