package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.answer;
import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** How {@code poll} handles foreign answers. */
class PollForeignEndpointTest extends ForeignEndpoints {
    @Test
    void anAnswerWithoutContentIsAnEmptyPoll() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(poll(endpoint.url(), "--interval", "1h", "--duration", "1ms")
                            .exitCode())
                    .isZero();
            assertThat(figure("empty_requests")).isEqualTo(1);
            assertThat(figure("failed")).isZero();
        }
    }

    @Test
    void anItemWhoseIdIsNullOrMissingOrBlankIsKnownByItsContent() throws Exception {
        String items = "{\"id\":null,\"n\":1},{\"id\":null,\"n\":2},{\"n\":3},{\"n\":4},{\"id\":\"\",\"n\":5},"
                + "{\"id\":\"\",\"n\":6},{\"id\":7},7,null";
        String reordered = "{\"n\":1,\"id\":null}," + items;
        try (RawEndpoint endpoint =
                RawEndpoint.inTurn(json("{\"data\":[" + items + "]}"), json("{\"data\":[" + reordered + "]}"))) {
            pollAnswers(2, endpoint);

            assertThat(figure("backlog")).isEqualTo(9);
            assertThat(figure("delivered"))
                    .as("the order of fields tells nothing")
                    .isZero();
        }
    }

    @Test
    void aPointerThatNeverMatchesWarnsByName() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[{\"key\":1},{\"key\":2}]}"))) {
            Said said = poll(endpoint.url(), "--id", "/uuid", "--duration", "1ms");
            assertThat(said.errors()).contains("--id '/uuid' matched none of 2 items");
            assertThat(figure("backlog")).isEqualTo(2);
        }
        try (RawEndpoint endpoint =
                RawEndpoint.inTurn(answer("429 Slow down", "", "Retry-After: 0"), json("{\"data\":{\"a\":1}}"))) {
            Said said = pollAnswers(3, endpoint, endpoint.url(), directory.resolve("2"));
            assertThat(said.errors())
                    .contains("no list at '/data' but an object")
                    .contains("--items '/data' matched no list in any response");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"items\":[]}"))) {
            Said said = Said.by("", List.of("poll", endpoint.url(), "--out", out() + "3"));
            assertThat(said.errors()).contains("no list at '/data' but nothing").hasLineCount(1);
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void theBacklogIsTheFirstAnswerThatCouldBeRead() throws Exception {
        String three = json("{\"data\":[{\"id\":1},{\"id\":2},{\"id\":3}]}");
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                answer("429 Slow down", "", "Retry-After: 0"), answer("503 Not now", "", "Retry-After: 0"), three)) {
            pollAnswers(4, endpoint);
            assertThat(figure("backlog")).isEqualTo(3);
            assertThat(figure("delivered")).isZero();
        }
    }

    @Test
    void theItemsOfAPageCountAlthoughTheNextPageFails() throws Exception {
        String first = json("{\"data\":[{\"id\":1},{\"id\":2}],\"next_cursor\":\"x\",\"has_more\":true}");
        try (RawEndpoint endpoint = RawEndpoint.inTurn(first, answer("500 Broken", ""))) {
            Said said = pollAnswers(2, endpoint);
            assertThat(said.errors()).contains("poll 1 failed: status 500");
            assertThat(figure("backlog")).isEqualTo(2);
            assertThat(figure("failed")).isPositive();
            assertThat(figure("empty_requests"))
                    .as("the first brought something")
                    .isEqualTo(figure("polls") - 1 - figure("broken_off"));
            assertThat(rows()).hasSize(2);
        }
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsNoFailedPoll() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            to.write(bytes(json("{\"data\":[%d]}".formatted(request.number()))));
            to.flush();
            throw new IOException("closes without saying so");
        })) {

            pollAnswers(4, endpoint);
            assertThat(figure("failed")).isZero();
            assertThat(figure("delivered")).isPositive();
        }
    }

    @Test
    void receivedAtIsTheMomentOfTheAnswerOnTheServersClock() throws Exception {
        Map<Integer, Instant> answered = new ConcurrentHashMap<>();
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            answered.put(request.number(), Instant.now());
            to.write(bytes(json("{\"data\":[{\"id\":%d}]}".formatted(request.number()))));
        })) {
            pollAnswers(6, endpoint);
            assertThat(Files.readAllLines(out().resolve("items.csv")).get(0))
                    .isEqualTo("id,poll,received_s,received_at,latency_ms,version,source_at");
            Instant started = Instant.parse(run().path("started_at").asText());
            List<RawEndpoint.Asked> asked = endpoint.asked();
            assertThat(rows()).hasSizeGreaterThan(3);
            for (String row : rows()) {
                String[] cells = row.split(",");
                assertThat(cells[3]).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{9}Z");
                Instant received = Instant.parse(cells[3]);
                int number = Integer.parseInt(cells[0]);
                assertThat(received).isAfter(answered.get(number).minusMillis(1));
                if (number < asked.size()) {
                    assertThat(received).isBefore(asked.get(number).at().plusMillis(1));
                }
                assertThat(Duration.between(started, received).toNanos() / 1e9)
                        .isCloseTo(Double.parseDouble(cells[2]), within(1e-6));
            }
        }
    }

    /** Whatever an answer is, that poll fails and the next one goes on. */
    @Test
    void anAnswerThatCannotBeReadFailsItsPollAlone() throws Exception {
        String deep = "[".repeat(500_000);
        Map<String, String> hostile = new TreeMap<>(Map.of(
                json("{\"data\":" + deep),
                "no JSON",
                json("{\"x\":" + deep),
                "no JSON",
                json("{\"data\":[" + "9".repeat(100_000) + "]}"),
                "no JSON",
                json("{\"data\":[{\"id\":1}"),
                "no JSON",
                json("<html>\u001b[2J\r\n"),
                "no JSON",
                json(""),
                "the answer is empty",
                json("{\"data\":[]}", "Content-Encoding: br"),
                "packed",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
                "poll",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "poll",
                "rubbish\r\n\r\n",
                "poll"));
        for (Map.Entry<String, String> one : hostile.entrySet()) {
            String begun = one.getKey().substring(0, Math.min(50, one.getKey().length()));
            try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
                to.write(bytes(
                        request.number() == 2 ? one.getKey() : json("{\"data\":[%d]}".formatted(request.number()))));
                if (request.number() == 2) {
                    throw new IOException("closes");
                }
            })) {
                Path folder = Files.createTempDirectory(directory, "hostile");
                Said said = pollAnswers(3, endpoint, endpoint.url(), folder);
                assertThat(said.errors()).as(begun).contains("poll 2 failed: ").contains(one.getValue());
                assertThat(said.errors()).as(begun).doesNotContain("unexpected:", "\u001b");
                JsonNode figures =
                        JSON.readTree(folder.resolve("run.json").toFile()).path("figures");
                assertThat(figures.path("failed").asLong()).as(begun).isEqualTo(1);
                assertThat(figures.path("delivered").asLong()).as(begun).isPositive();
            }
        }
    }

    @Test
    void textInAnyCharacterSetThatIsSaidOrShowsIsRead() throws Exception {
        byte[] utf16 = "{\"data\":[{\"id\":\"\u00fc\"}]}".getBytes(StandardCharsets.UTF_16);
        byte[] utf8 = "\uFEFF{\"data\":[{\"id\":\"\u00fc\"}]}".getBytes(StandardCharsets.UTF_8);
        String latin = "{\"data\":[{\"id\":\"\u00fc\"}]}";
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                json(new String(utf16, StandardCharsets.ISO_8859_1)),
                json(new String(utf8, StandardCharsets.ISO_8859_1), "Content-Type: application/json; charset=utf-8"),
                json(latin, "Content-Type: application/json; charset=iso-8859-1"),
                json("{\"data\":null}"))) {
            Said said = pollAnswers(4, endpoint);
            assertThat(said.errors()).doesNotContain("failed:");
            assertThat(figure("backlog")).isEqualTo(1);
            assertThat(figure("delivered")).as("all the same item").isZero();
            assertThat(rows().get(0)).startsWith("\u00fc,");
        }
    }

    @Test
    void whatItIsToldIsSaidOnceAndWhenItChanges() throws Exception {
        String slower = json("{\"data\":[]}", "X-Poll-Interval: 0", "Retry-After: 0");
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                slower,
                json("{\"data\":[]}", "X-Poll-Interval: -5"),
                json("{\"data\":[]}", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 0.05"),
                json("{\"data\":[]}", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 0.05"),
                json("{\"data\":[]}", "Retry-After: 1", "Retry-After: 0"))) {
            Said said = pollAnswers(5, endpoint);
            assertThat(said.errors().lines().filter(line -> line.contains("told to wait")))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("X-RateLimit-Reset: 0.05"),
                            second -> assertThat(second).contains("told to wait 1s (Retry-After: 1)"));
        }
    }

    @Test
    void quietSaysNothingOfIt() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[1]}", "Retry-After: 60"))) {
            assertThat(poll(endpoint.url(), "--quiet", "--duration", "1ms").errors())
                    .isEmpty();
        }
    }
}
