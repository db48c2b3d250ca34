package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Middlebox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --behind}: profiles, what predict and simulate say of them, and what is wrong with them. */
@Tag("live")
class BehindTest {
    @TempDir
    private Path directory;

    static List<String> names() {
        return MiddleboxProfiles.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyProfileLimitsSomethingAndNamesItsSourceAndItsDate(String name) throws IOException {
        Middlebox box = MiddleboxProfiles.named(name);
        assertThat(box.name()).isEqualTo(name);
        assertThat(box.holdsNanos() < Middlebox.NEVER || box.hostConnections() > 0)
                .isTrue();
        try (InputStream file = MiddleboxProfiles.class.getResourceAsStream("behind/" + name + ".toml")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).contains("source = \"", "read = \"2");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        idel = '60s'               | box.toml:1: unknown key 'idel'; did you mean 'idle'?
        idle = '0s'                | box.toml:1: idle: '0s' is not accepted
        lifetime = '-1s'           | box.toml:1: lifetime: '-1s' is not accepted
        first-byte = 'soon'        | box.toml:1: first-byte: 'soon' is not accepted
        connections-a-host = 0     | box.toml:1: connections-a-host: '0' is not accepted
        ends = 'loudly'            | box.toml:1: ends: 'loudly' is not accepted; accepted: told
        jitter = [1]               | box.toml:1: jitter: this is not accepted
        idle =                     | box.toml:1:
        source = 'me'              | it limits nothing; accepted: at least one of idle, lifetime, first-byte
        """)
    void whatIsWrongWithAFileIsOneLineWithItsPlace(String content, String expected) throws IOException {
        Said said = predict("--behind", file(content));
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        assertThat(said.errors()).contains(expected).matches("pushpull: [^\n]*\n");
    }

    @Test
    void anUnknownProfileIsAnsweredWithThoseKnown() {
        Said said = predict("--behind", "ngnix");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors())
                .contains("did you mean 'nginx'?", "cloudflare", "google-lb")
                .matches("[^\n]*\n");
        assertThat(predict("--behind", "nowhere/box.toml").errors()).contains("a file that can be read");
    }

    @Test
    void anAnswerMustHaveTimeToBeginAndNobodySeesWhereAnEncryptedOneBegins() throws IOException {
        assertThat(predict("--behind", file("idle = '100ms'"), "--rtt", "50ms").errors())
                .contains("--behind", "limits above the 100ms that a first answer takes");
        assertThat(predict("--behind", "heroku", "--tls").errors()).contains("--behind: 'heroku'", "--tls");
    }

    @Test
    void aHeartbeatThatIsTheIdleTimeoutIsARaceThatNobodyPredicts() {
        Said said = predict("--behind", "alb", "--mode", "sse", "--heartbeat", "60s");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        assertThat(said.errors())
                .contains("--behind: 'alb' is not accepted here for sse", "every 1m is its idle timeout", "a race")
                .matches("[^\n]*\n");
        assertThat(predict("--behind", "alb", "--mode", "long-polling", "--wait", "60s")
                        .errors())
                .contains("a race");
    }

    /** The consumer would give up one heartbeat later, or earlier. */
    @Test
    void aHeartbeatAtTheVeryEndOfALifetimeThatEndsInSilenceIsARaceToo() throws IOException {
        String silent = file("lifetime = '30s'\nends = 'silent'");
        Said said = predict("--behind", silent, "--mode", "websocket");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors())
                .contains("a heartbeat every 15s is due when its lifetime of 30s ends in silence", "a race")
                .matches("[^\n]*\n");
        assertThat(predict("--behind", silent, "--mode", "websocket", "--rtt", "1s")
                        .exitCode())
                .as("the lifetime counts from the request, heartbeats from its answer")
                .isZero();
        assertThat(predict("--behind", silent, "--mode", "websocket", "--heartbeat", "14s")
                        .exitCode())
                .isZero();
        assertThat(predict("--behind", file("lifetime = '30s'"), "--mode", "websocket")
                        .exitCode())
                .as("whoever is told needs no heartbeat")
                .isZero();
    }

    @Test
    void consumersThatWaitForOneOfSixConnectionsAreNotPredicted() {
        assertThat(predict("--behind", "browser", "--mode", "sse", "--consumers", "7")
                        .errors())
                .contains("only 6 of 7 consumers get a connection at a time");
        assertThat(predict("--behind", "browser", "--mode", "sse", "--consumers", "6")
                        .exitCode())
                .isZero();
    }

    /** E[U] = (e^(λτ) - 1)/λ with λτ = 1. */
    @Test
    void aStreamWithoutHeartbeatsLivesAsTheClosedFormSays() throws IOException {
        JsonNode row = row(predict(
                "--behind",
                "alb",
                "--mode",
                "sse",
                "--heartbeat",
                "none",
                "--reconnect",
                "1ms",
                "--rate",
                "1/m",
                "--consumers",
                "1",
                "--json"));
        double cycle = 60 * Math.expm1(1) + 0.001;
        assertThat(row.path("connections_per_delivery").asDouble()).isCloseTo(60 / cycle, within(1e-9));
    }

    /** Long polling with that wait finds nothing as often as the stream has to come back. */
    @Test
    void aStreamWithoutHeartbeatsIsLongPollingThatWaitsForTheIdleTimeout() throws IOException {
        List<String> both = List.of("--rate", "1/m", "--horizon", "200d", "--consumers", "1", "--seed", "3");
        JsonNode stream =
                simulated(both, "--mode", "sse", "--heartbeat", "none", "--reconnect", "1ms", "--behind", "alb");
        JsonNode polls = simulated(both, "--mode", "long-polling", "--wait", "60s");
        assertThat(stream.path("reconnects").asDouble())
                .isCloseTo(
                        polls.path("empty_requests").asDouble(),
                        within(0.001 * polls.path("polls").asDouble()));
        assertThat(stream.path("delivered")).isEqualTo(polls.path("delivered"));
    }

    @Test
    void heartbeatsBelowTheTimeoutKeepTheOneConnection() throws IOException {
        JsonNode kept = simulated(
                List.of("--rate", "1/m", "--horizon", "10d", "--consumers", "1"),
                "--mode",
                "sse",
                "--heartbeat",
                "59s",
                "--behind",
                "alb");
        assertThat(kept.path("reconnects").asLong()).isZero();
    }

    @Test
    void aModeThatHoldsNothingIsToldThatNothingChanges() throws IOException {
        assertThat(predict("--mode", "polling", "--behind", "alb").output().replaceAll("\\s+", " "))
                .contains("polling: it holds no connection open, so that alb changes nothing for it");
        assertThat(predict("--mode", "polling", "--behind", file("idle = '2s'"), "--interval", "5s")
                        .output()
                        .replaceAll("\\s+", " "))
                .contains("one that is idle for 2s must be opened anew");
    }

    /** A mode of the tests, which says nothing of it. */
    @Test
    void aModeThatDoesNotSayThatItFollowsWhatStandsBetweenIsRefused() {
        String unknown = DeliveryModes.all().stream()
                .filter(mode -> mode.getClass()
                        .getProtectionDomain()
                        .getCodeSource()
                        .equals(getClass().getProtectionDomain().getCodeSource()))
                .findFirst()
                .orElseThrow()
                .name();
        Said said = predict("--mode", unknown, "--behind", "alb");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors()).contains("not followed for this mode").matches("[^\n]*\n");
    }

    @Test
    void anEmptyYearBehindAShortTimeoutTakesNoTime() throws IOException {
        long before = System.nanoTime();
        JsonNode year = simulated(
                List.of("--rate", "1/d", "--horizon", "3650d", "--consumers", "100"),
                "--mode",
                "sse,long-polling",
                "--heartbeat",
                "none",
                "--behind",
                file("idle = '2s'"));
        assertThat(year.path("reconnects").asLong()).isGreaterThan(1_000_000_000L);
        assertThat(System.nanoTime() - before).isLessThan(60_000_000_000L);
    }

    private Said predict(String... more) {
        List<String> arguments = new ArrayList<>(List.of("predict"));
        arguments.addAll(List.of(more));
        return Said.by("", arguments);
    }

    private JsonNode simulated(List<String> both, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("simulate", "--json", "--out"));
        arguments.add(Files.createTempDirectory(directory, "run").toString());
        arguments.addAll(both);
        arguments.addAll(List.of(more));
        return row(Said.by("", arguments));
    }

    private static JsonNode row(Said said) throws IOException {
        assertThat(said.exitCode()).as(said.errors()).isZero();
        return new ObjectMapper().readTree(said.output()).path("rows").path(0);
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("box.toml"), content + "\n").toString();
    }
}
