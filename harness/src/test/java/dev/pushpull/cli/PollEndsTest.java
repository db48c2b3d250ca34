package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.answer;
import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a poll, and what ends polling: endless pages, the time, signals. */
class PollEndsTest extends ForeignEndpoints {
    /** Far longer than any of these takes, and far shorter than a timeout of the client. */
    private static final double SOON_SECONDS = 10;

    /** The largest number of nanoseconds, to the second. */
    private static final String CENTURIES = "9223372036s";

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

    /** Nobody accepts: once the queue is full, the host answers no more connects. */
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
                Program first = Program.start(directory, polling(pages, "first"));
                ProgramHere second = ProgramHere.start(polling(silent, "second"));
                ProgramHere third = ProgramHere.start(polling(limited, "third"))) {
            while (Stream.of(pages, silent, limited)
                    .anyMatch(endpoint -> endpoint.asked().isEmpty())) {
                Thread.sleep(10); // a JVM starts: until the test's own timeout
            }

            first.signal("INT");
            second.interrupt();
            third.interrupt();
            assertThat(first.exitCode()).as(first.errors()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(second.exitCode()).as(second.errors()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(third.exitCode()).as(third.errors()).isEqualTo(ExitCode.INTERRUPTED);
            for (String name : new String[] {"first", "second", "third"}) {
                JsonNode figures = JSON.readTree(
                                directory.resolve(name + "/run.json").toFile())
                        .path("figures");
                assertThat(figures.path("polls").asLong()).as(name).isEqualTo(1);
                assertThat(figures.path("duration_s").asDouble()).as(name).isLessThan(25); // shorter than any timeout
            }
        }
    }

    private String[] polling(RawEndpoint endpoint, String name) {
        return new String[] {
            "poll", endpoint.url(), "--most-pages=1000000", "--out=" + directory.resolve(name),
        };
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
}
