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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever flag a secret is given in, no output and no file has it. */
@Tag("live")
class SecretsTest {
    private static final String MARK = "Pl4ntedMark";

    /** Each in a form in which some flag takes it, or in which a person may give it by mistake. */
    private static final List<String> SECRETS = List.of(
            MARK,
            "X-Key: " + MARK,
            "Authorization: Bearer " + MARK,
            "basic:me:" + MARK,
            "bearer:" + MARK,
            "header:X-Key=" + MARK,
            "whsec_" + MARK);

    private static final List<String> URLS = List.of(
            "http://me:" + MARK + "@127.0.0.1:1/x?page=1",
            "http://" + MARK + "@127.0.0.1:1/",
            "http://127.0.0.1:1/x?page=1&access_token=" + MARK,
            "https://127.0.0.1:1/#access_token=" + MARK,
            "me:" + MARK + "@127.0.0.1",
            "jdbc:postgresql://127.0.0.1:1/db?user=u&password=" + MARK,
            "jdbc:postgresql://u:" + MARK + "@127.0.0.1:1/db",
            "jdbc:mysql://u:" + MARK + "@127.0.0.1:1/db?password=" + MARK);

    /** What makes a command short; those that measure long are refused, for another flag. */
    private static final Map<String, List<String>> SHORT = Map.ofEntries(
            Map.entry("compare", words("--duration 0s")),
            Map.entry("sweep", words("--duration 0s")),
            Map.entry("claims", words("--only none")),
            Map.entry("capacity", words("--step 0s")),
            Map.entry("simulate", words("--interval 1s --rate 1/s --consumers 1 --horizon 1h --quiet")),
            Map.entry("serve", words("--port 0 --duration 100ms --rate 5/s")),
            Map.entry("receive", words("--port 0 --duration 100ms --inbox memory")),
            Map.entry("poll", words("--duration 100ms --interval 50ms")),
            Map.entry("drive", words("--connections 1 --warmup 0s --duration 50ms")));

    @TempDir
    Path directory;

    private int runs;

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private Said run(List<String> arguments) {
        return Said.by("{}", arguments);
    }

    private void assertNothingLeaks(List<String> arguments) throws IOException {
        assertNothingLeaks(arguments, run(arguments));
    }

    private void assertNothingLeaks(List<String> arguments, Said said) throws IOException {
        assertThat(said.output() + said.errors()).as("%s", arguments).doesNotContain(MARK);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".toml"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s of %s", file, arguments)
                        .doesNotContain(MARK);
            }
        }
    }

    private String out() {
        return directory.resolve("out" + runs++).toString();
    }

    static Stream<String> commands() {
        return Main.commandLine().getSubcommands().keySet().stream();
    }

    private static boolean takesValue(ArgSpec argument) {
        return argument.arity().max() > 0;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noFlagOfACommandLetsASecretThrough(String command) throws IOException {
        CommandLine line = Main.commandLine().getSubcommands().get(command);
        for (OptionSpec option : line.getCommandSpec().options()) {
            String flag = option.longestName();
            if (!takesValue(option) || flag.equals("--out")) {
                continue;
            }
            for (String planted : SecretFlags.kind(option)
                    .map(kind -> kind == SecretKind.URL ? URLS : SECRETS)
                    .orElse(List.of(URLS.get(0)))) {
                List<String> arguments = arguments(command, line);
                arguments.addAll(List.of(flag + "=" + planted, "--debug"));
                assertNothingLeaks(arguments);
            }
        }
    }

    /** What it needs besides, and what makes it short. */
    private List<String> arguments(String command, CommandLine line) {
        List<String> arguments = new ArrayList<>(List.of(command));
        line.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> parameter.required())
                .forEach(parameter -> arguments.add(
                        command.equals("poll") ? "http://127.0.0.1:1/?token=" + MARK : "/nowhere/" + MARK.length()));
        arguments.addAll(SHORT.getOrDefault(command, List.of()));
        if (line.getCommandSpec().findOption("--out") != null) {
            arguments.addAll(List.of("--out", out()));
        }
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFlagThatByItsNameOrLabelTakesASecretDeclaresIt(String command) {
        for (ArgSpec argument : Main.commandLine()
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .args()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : "";
            String said = (name + " " + argument.paramLabel()).toLowerCase(Locale.ROOT);
            String text = String.join(" ", argument.description());
            boolean canCarry = takesValue(argument)
                    && (said.matches(".*(secret|header|url|auth|token|passw|credential|'n: v'|'name: value').*")
                            || text.contains("jdbc:")
                            || text.contains("--inbox"));
            if (canCarry) {
                assertThat(SecretFlags.kind(argument))
                        .as("%s of %s", said, command)
                        .isPresent();
            }
        }
    }

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
