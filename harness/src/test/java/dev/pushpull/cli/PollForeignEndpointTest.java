package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.answer;
import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code poll} against endpoints that nobody here wrote. */
@Timeout(120)
@Tag("live")
class PollForeignEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOTHING = json("{\"data\":[]}");

    /** Far above what any of these takes, far below a timeout of the client. */
    private static final double SOON_SECONDS = 10;

    /** As many nanoseconds as there are, to the second. */
    private static final String CENTURIES = "9223372036s";

    @TempDir
    private Path directory;

    private Said poll(String url, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("poll", url, "--out", out().toString()));
        arguments.addAll(List.of(flags));
        return Said.by("", arguments);
    }

    /** Polls until so many answers have been dealt with, then ends it as Ctrl-C does, however slow the machine is. */
    private Said pollAnswers(int answers, RawEndpoint endpoint, String url, Path folder, String... flags) {
        List<String> arguments =
                new ArrayList<>(List.of("poll", url, "--interval", "10ms", "--out", folder.toString()));
        arguments.addAll(List.of(flags));
        CommandLine program = Main.commandLine();
        PollCommand command = program.getSubcommands().get("poll").getCommand();
        Thread watch = new Thread(() -> {
            try {
                eventually("it asks again", () -> endpoint.asked().size() > answers);
            } finally {
                command.interrupt();
            }
        });
        watch.setDaemon(true);
        watch.start();
        Said said = Said.by("", program, arguments);
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.INTERRUPTED);
        return said;
    }

    private Said pollAnswers(int answers, RawEndpoint endpoint, String... flags) {
        return pollAnswers(answers, endpoint, endpoint.url(), out(), flags);
    }

    private Path out() {
        return directory.resolve("out");
    }

    private JsonNode run() throws IOException {
        return JSON.readTree(out().resolve("run.json").toFile());
    }

    private long figure(String name) throws IOException {
        JsonNode figure = run().path("figures").path(name);
        assertThat(figure.isNumber()).as(name).isTrue();
        return figure.asLong();
    }

    private double seconds(String name) throws IOException {
        return run().path("figures").path(name).asDouble(-1);
    }

    private List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(out().resolve("items.csv"));
        return lines.subList(1, lines.size());
    }

    private static RawEndpoint endlessPages() throws IOException {
        return new RawEndpoint((request, to) -> to.write(bytes(json(
                "{\"data\":[{\"id\":%d}],\"next_cursor\":\"c%1$d\",\"has_more\":true}".formatted(request.number())))));
    }

    @ParameterizedTest
    @CsvSource({"3, --most-pages 3", "100, --json"})
    void pagesWithoutEndEndAPollAtTheMostPagesAndThatIsSaid(int most, String flags) throws Exception {
        try (RawEndpoint endpoint = endlessPages()) {
            Said said = pollAnswers(most, endpoint, flags.split(" "));
            assertThat(said.errors()).contains("after " + most + " pages (--most-pages)");
            assertThat(figure("polls")).isGreaterThan(1);
            assertThat(figure("backlog")).as("the first poll's").isEqualTo(most);
        }
    }

    @Test
    void aCursorThatCameBeforeEndsThePollWithAWarning() throws Exception {
        String toB = json("{\"data\":[{\"id\":1}],\"next_cursor\":\"b\",\"has_more\":true}");
        String toA = json("{\"data\":[{\"id\":2}],\"next_cursor\":\"a\",\"has_more\":true}");
        try (RawEndpoint endpoint = RawEndpoint.inTurn(toA, toB, toA, toB, toA, toB, NOTHING)) {
            Said said = pollAnswers(3, endpoint);
            assertThat(said.errors()).contains("next_cursor came twice");
            assertThat(figure("polls")).isGreaterThan(1);

            assertThat(figure("backlog")).isEqualTo(2);
        }
    }

    @Test
    void theTimeEndsAPageLoop() throws Exception {
        try (RawEndpoint endpoint = endlessPages()) {
            Said said = poll(endpoint.url(), "--most-pages", "1000000", "--duration", "300ms");
            assertThat(said.exitCode()).isZero();
            assertThat(seconds("duration_s")).isLessThan(SOON_SECONDS);
            assertThat(figure("backlog")).as("what was counted").isPositive();
            assertThat(figure("broken_off")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "HTTP/1.1 200 OK\r\n"})
    void theTimeEndsAnAnswerOfAByteASecond(String begun) throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            if (request.number() == 1) {
                to.write(bytes(json("{\"data\":[{\"id\":1},{\"id\":2}]}")));
                return;
            }
            to.write(bytes(begun));
            while (true) {
                to.write(' ');
                to.flush();
                Thread.sleep(1_000);
            }
        })) {
            Said said = poll(endpoint.url(), "--interval", "10ms", "--duration", "300ms");
            assertThat(said.exitCode()).isZero();
            assertThat(seconds("duration_s")).isLessThan(SOON_SECONDS);
            assertThat(figure("backlog")).isEqualTo(2);
            assertThat(figure("failed")).as("it did not fail of itself").isZero();
        }
    }

    @Test
    void theTimeEndsAConnectThatHangs() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = fill(full);
            try {
                Said said = poll("http://127.0.0.1:" + full.getLocalPort() + "/", "--duration", "300ms");
                assertThat(said.exitCode()).isZero();
                assertThat(seconds("duration_s")).isLessThan(9); // the connect itself would time out after 10 s
                assertThat(figure("broken_off")).isEqualTo(1);
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    /** Nobody accepts: when the queue is full, the host answers no further connect. */
    private static List<Socket> fill(ServerSocket full) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            while (waiting.size() < 20) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(full.getLocalSocketAddress(), 200);
            }
        } catch (java.net.SocketTimeoutException e) {
            // full
        }
        return waiting;
    }

    @Test
    void theTimeEndsAToldWaitAndOnlyWhatWasWaitedCounts() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("429 Slow down", "", "Retry-After: 3600"))) {
            Said said = poll(endpoint.url(), "--interval", "10ms", "--duration", "300ms");
            assertThat(said.exitCode()).isZero();
            assertThat(figure("rate_limited")).isEqualTo(1);
            assertThat(seconds("waited_as_told_s")).isBetween(0.0, seconds("duration_s"));
            assertThat(said.errors()).contains("told to wait 1h (Retry-After: 3600)");
        }
    }

    @Test
    void signalsEndItInAnyStateAndWhatWasCountedIsWritten() throws Exception {
        try (RawEndpoint pages = endlessPages();
                RawEndpoint silent = new RawEndpoint((request, to) -> Thread.sleep(100_000));
                RawEndpoint limited = RawEndpoint.inTurn(answer("429 Slow down", "", "Retry-After: 3600"));
                Program first = start(pages, "first");
                Program second = start(silent, "second");
                Program third = start(limited, "third")) {
            Map<Program, RawEndpoint> all = Map.of(first, pages, second, silent, third, limited);

            while (all.values().stream().anyMatch(endpoint -> endpoint.asked().isEmpty())) {
                Thread.sleep(10); // three JVMs start: until the test's own timeout
            }

            first.signal("INT");
            second.signal("TERM");
            third.signal("TERM");
            for (Program program : all.keySet()) {
                assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.INTERRUPTED);
            }
            for (String name : new String[] {"first", "second", "third"}) {
                JsonNode figures = JSON.readTree(
                                directory.resolve(name + "/run.json").toFile())
                        .path("figures");
                assertThat(figures.path("polls").asLong()).as(name).isEqualTo(1);
                assertThat(figures.path("duration_s").asDouble()).as(name).isLessThan(25); // less than any timeout
            }
        }
    }

    private Program start(RawEndpoint endpoint, String name) throws IOException {
        return Program.start(directory, "poll", endpoint.url(), "--most-pages", "1000000", "--out", name);
    }

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
            assertThat(said.errors()).contains("--id '/uuid' matched no id in any of 2 items");
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
    void credentialsInTheUrlAreSentAndShownNowhere() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(NOTHING, answer("500 Broken", ""))) {
            String url = endpoint.url().replace("//", "//al%20ice:hush%40hush@") + "?api_key=sesame&page=1";
            Said said = pollAnswers(2, endpoint, url, out(), "--header", "X-Key: swordfish", "--header=A: trout");
            assertThat(endpoint.asked().get(0).values("Authorization"))
                    .containsExactly("Basic "
                            + Base64.getEncoder().encodeToString("al ice:hush@hush".getBytes(StandardCharsets.UTF_8)));
            assertThat(endpoint.asked().get(0).line()).doesNotContain("hush").contains("api_key=sesame");
            String written = said.output() + said.errors() + allFiles();
            assertThat(written)
                    .doesNotContain("hush", "sesame", "swordfish", "trout")
                    .contains("***@" + endpoint.authority(), "page=1", "X-Key: ***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://al:hush@127.0.0.1:1/",
                "http:\\\\al:hush@127.0.0.1:1/",
                "ftp://al:hush@127.0.0.1/",
                "al:hush@127.0.0.1",
                "http://al:hu@hush@:99999/"
            })
    void anErrorNamesTheUrlWithoutItsCredentials(String url) {
        Said said = poll(url);
        assertThat(said.exitCode()).isPositive();
        assertThat(said.errors()).hasLineCount(1).doesNotContain("hush").contains("***@");
    }

    @Test
    void aUrlWhereNoneIsExpectedIsNamedWithoutItsCredentialsToo() {
        assertThat(poll("http://127.0.0.1:1/", "http://al:hush@127.0.0.1/").errors())
                .contains("***@127.0.0.1")
                .doesNotContain("hush");
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

    private String allFiles() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(out())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void aRedirectNamesItsTarget() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("302 Found", "", "Location: /else?token=hush#x"))) {
            Said said = poll(endpoint.url());
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(said.errors())
                    .hasLineCount(1)
                    .contains("status 302: it points to http://" + endpoint.authority() + "/else?token=***")
                    .contains("--follow");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("301 Moved", "", "Location: file:///etc/passwd"))) {
            assertThat(poll(endpoint.url(), "--follow").errors()).contains("it points to file:///etc/passwd");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("300 Choices", ""))) {
            assertThat(poll(endpoint.url()).errors()).contains("status 300: it points nowhere");
        }
    }

    @Test
    void aRedirectIsFollowedWithoutCredentialsToAnotherServer() throws Exception {
        try (RawEndpoint other = RawEndpoint.inTurn(json("{\"data\":[{\"id\":1}]}", "ETag: \"e\""));
                RawEndpoint endpoint = new RawEndpoint((request, to) -> to.write(bytes(
                        request.line().contains("/items")
                                ? answer("307 Here", "", "Location: /there")
                                : answer("302 Found", "", "Location: http://x:y@" + other.authority() + "/list"))))) {
            String url = endpoint.url().replace("//", "//al:hush@");
            pollAnswers(2, other, url, out(), "--follow", "--header", "X-Key: swordfish");
            assertThat(figure("backlog")).isEqualTo(1);
            assertThat(endpoint.asked().get(1).line()).startsWith("GET /there ");
            assertThat(endpoint.asked()).allMatch(asked -> asked.has("Authorization") && asked.has("X-Key"));
            assertThat(other.asked()).noneMatch(asked -> asked.has("Authorization") || asked.has("X-Key"));
        }
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("302 Found", "", "Location: /items"))) {
            assertThat(poll(endpoint.url(), "--follow").errors()).contains("after 10 redirects");
            assertThat(endpoint.asked()).hasSize(11);
        }
    }

    @Test
    void theFirstPollIsMadeHoweverShortTheTimeAndTheTimeCountsFromIt() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[{\"id\":1}]}"))) {
            Said said = poll(endpoint.url(), "--duration", "1ns");
            assertThat(said.exitCode()).isZero();
            assertThat(figure("polls")).isEqualTo(1);
            assertThat(figure("backlog")).isEqualTo(1);
            Instant started = Instant.parse(run().path("started_at").asText());
            assertThat(Duration.between(started, endpoint.asked().get(0).at()).toNanos() / 1e9)
                    .as("it starts with the first poll")
                    .isBetween(-0.001, seconds("duration_s"));
        }
    }

    @Test
    void anIntervalOfCenturiesIsWaitedNotOverflown() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("429 Slow down", "", "Retry-After: 60"))) {
            poll(endpoint.url(), "--interval", CENTURIES, "--duration", "200ms");
            assertThat(figure("polls")).isEqualTo(1);
            assertThat(seconds("waited_as_told_s")).isZero();
        }
    }

    @Test
    void aTimeOfCenturiesIsNotOverAtOnce() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("404 No", ""))) {
            assertThat(poll(endpoint.url(), "--duration", CENTURIES).errors()).contains("cannot be polled: status 404");
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
                    .isEqualTo("id,poll,received_s,received_at,latency_ms");
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

    @Test
    void aValidatorGoesBackByteForByteOrNotAtAll() throws Exception {
        String utf8 =
                new String("\"gr\u00fc\u00dfe \u65e5\"".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (RawEndpoint endpoint =
                RawEndpoint.inTurn(json("{\"data\":[]}", "ETag: " + utf8, "Last-Modified: m\u00c3\u00a4rz"))) {
            pollAnswers(2, endpoint);
            assertThat(endpoint.asked().get(1).values("If-None-Match")).containsExactly(utf8);
            assertThat(endpoint.asked().get(1).values("If-Modified-Since")).containsExactly("m\u00c3\u00a4rz");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                json("{\"data\":[]}", "ETag: \"gr\u00fc\u00dfe\"", "Last-Modified: Fri, 7 M\u00e4r"))) {
            pollAnswers(2, endpoint, endpoint.url(), directory.resolve("2"));
            assertThat(endpoint.asked()).hasSizeGreaterThan(1);
            assertThat(endpoint.asked().get(1).has("If-None-Match")).isFalse();
            assertThat(endpoint.asked().get(1).has("If-Modified-Since")).isFalse();
        }
    }

    @Test
    void aHeaderGivenTwiceIsSentTwice() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(NOTHING)) {
            poll(endpoint.url(), "--header", "X-Tag: a", "--header", "X-Tag: b", "--duration", "1ms");
            assertThat(endpoint.asked().get(0).values("X-Tag")).containsExactly("a", "b");
        }
    }

    /** Whatever one answer is, the poll fails and the next one goes on. */
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
