package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

/** Presets: the program's own, and a user's. */
@Tag("live")
class PresetTest {
    @TempDir
    private Path directory;

    static List<String> names() {
        return PresetDefaults.NAMES;
    }

    private static JsonNode row(Said said) throws IOException {
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        return new ObjectMapper().readTree(said.output()).path("rows").path(0);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPresetPredictsAndSimulates(String name) throws IOException {
        row(Said.by("", List.of("predict", "--preset", name, "--json")));
        Path results = directory.resolve(name);
        JsonNode simulated = row(Said.by(
                "",
                List.of(
                        "simulate",
                        "--preset=" + name,
                        "--horizon",
                        "1h",
                        "--consumers",
                        "2",
                        "--json",
                        "--out",
                        results.toString())));
        assertThat(simulated.path("delivered").asLong()).isPositive();
    }

    @Test
    void aPresetCountsMoreThanTheDefaultsAndLessThanTheFlags() throws IOException {
        assertThat(row(Said.by("", List.of("predict", "--json")))
                        .path("interval_s")
                        .asDouble())
                .isEqualTo(0.5);
        assertThat(row(Said.by("", List.of("predict", "--preset", "github", "--json")))
                        .path("interval_s")
                        .asDouble())
                .as("its hint")
                .isEqualTo(60);
        assertThat(row(Said.by("", List.of("predict", "--preset", "github", "--interval", "5m", "--json")))
                        .path("interval_s")
                        .asDouble())
                .isEqualTo(300);
        assertThat(row(Said.by("", List.of("predict", "--preset", "github", "--json")))
                        .path("quota_share_one")
                        .asDouble())
                .as("60 of 5,000 requests an hour")
                .isCloseTo(60.0 / 5000, within(1e-7));
    }

    @Test
    void aLiveRunIsSignedAndSentAsThePresetSays() throws IOException {
        Path file = directory.resolve("mine.toml");
        Files.writeString(file, """
                # as a shop would
                base = "order"
                rate = "20/s"
                consumers = 3
                payload = "200B"
                webhook-header = ["X-One: 1", "X-Two: two"]
                quota = "3/s"
                """);
        List<String> compare = new ArrayList<>(List.of("compare", "--preset", file.toString(), "--duration", "2s"));
        compare.addAll(List.of(
                "--interval",
                "100ms",
                "--json",
                "--out",
                directory.resolve("run").toString()));
        Said said = Said.by("", compare);
        // a busy machine may make the run invalid, which does not change what was sent
        assertThat(said.errors().lines().filter(line -> !line.contains("the harness could not keep pace")))
                .isEmpty();
        JsonNode rows = new ObjectMapper().readTree(said.output()).path("rows");
        JsonNode run = new ObjectMapper()
                .readTree(directory.resolve("run/run.json").toFile())
                .path("scenario");
        assertThat(run.path("webhooks").path("scheme").asText()).isEqualTo("shopify");
        assertThat(run.path("webhooks").path("headers").path("X-Two").asText()).isEqualTo("two");
        assertThat(run.path("webhooks").path("disabling").path("failures").asInt())
                .isEqualTo(8);
        assertThat(rows.path(1).path("delivered")).isEqualTo(rows.path(1).path("expected_deliveries"));
        assertThat(rows.path(0).path("delivered"))
                .as("over quota a poller waits, and loses nothing")
                .isEqualTo(rows.path(0).path("expected_deliveries"));
        assertThat(rows.path(0).path("polls").asInt())
                .as("of 20 ticks of 3 consumers three a second are answered, and one refusal follows them")
                .isBetween(3 * 5, 3 * 10);
        assertThat(rows.path(0).path("skipped_polls").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        scheme = "strip"            | 2: unknown signature scheme 'strip'; did you mean 'stripe'?
        schem = "stripe"            | 2: unknown key 'schem'; did you mean 'scheme'?
        interval = [1, 2]           | 2: interval: this is not accepted; accepted: a text or a number
        response-timeout = "10"     | 2: response-timeout: '10' is not accepted
        payload = true              | 2: payload: this is not accepted
        payload = "1KiB             | 2: Unexpected
        quota = "fast"              | 2: quota: 'fast' is not accepted
        retry = "5s,,5s"            | 2: retry: '' is not accepted
        disable = "soon"            | 2: disable: 'soon' is not accepted
        arrivals = "poison"         | 2: unknown law of arrivals 'poison'; did you mean 'poisson'?
        consumers = "many"          | 2: consumers: 'many' is not accepted
        base = "or\\u0000der"         | 2: base: a control character is not accepted
        event-type = "a\\nb"         | 2: event-type: a control character is not accepted
        base = "strpe"              | unknown preset 'strpe'; did you mean 'stripe'?
        """)
    void aPresetThatIsWrongIsRefusedWithFileLineAndKey(String line, String named) throws IOException {
        Path file = directory.resolve("wrong.toml");
        Files.writeString(file, "# a preset\n" + line + "\n");
        Said said = Said.by("", List.of("predict", "--preset", file.toString()));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theReferenceFileHasEveryKey() throws IOException {
        Path reference = Path.of("../docs/preset.toml");
        row(Said.by("", List.of("predict", "--preset", reference.toString(), "--json")));
        String text = Files.readString(reference);
        assertThat(PresetDefaults.keyNames())
                .allSatisfy(key -> assertThat(text).containsPattern("(?m)^(# )?" + key + " = "));
    }

    @Test
    void aPresetThatIsNotThereIsRefusedWithTheNearestName() {
        assertThat(Said.by("", List.of("compare", "--preset", "githup")).errors())
                .contains("unknown preset 'githup'; did you mean 'github'?")
                .hasLineCount(1);
        assertThat(Said.by("", List.of("compare", "--preset", "no/such.toml")).errors())
                .contains("a file that can be read")
                .hasLineCount(1);
    }
}
