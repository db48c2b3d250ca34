package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others may send more than this program's memory, 256 MiB here: the answer is one line and no stack trace. */
@Timeout(120)
@Tag("live")
class OversizedInputTest {
    @TempDir
    private Path directory;

    private static final class HastyGzip extends GZIPOutputStream {
        HastyGzip(OutputStream packed) throws IOException {
            super(packed, 65_536);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static byte[] bomb(byte[] repeated, int bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new HastyGzip(packed)) {
            for (int written = 0; written < bytes; written += repeated.length) {
                out.write(repeated);
            }
        }
        return packed.toByteArray();
    }

    @Test
    void aPackedBombAndAnEndlessBodyFailTheirPollsAndTheNextOnesGoOn() throws Exception {
        byte[] blanks = bomb(" ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII), 300_000_000);
        try (RawEndpoint endpoint = new RawEndpoint((request, out) -> {
                    switch (request.number()) {
                        case 2 -> {
                            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                                    + blanks.length + "\r\n\r\n"));
                            out.write(blanks);
                        }
                        case 3 -> {
                            out.write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
                            while (true) {
                                out.write(new byte[1 << 16]);
                            }
                        }
                        case 4 -> out.write(bytes("HTTP/1.1 500 No\r\nContent-Length: 99999999999\r\n\r\n"));
                        default -> out.write(bytes(json("{\"data\":[%d]}".formatted(request.number()))));
                    }
                });
                Program poll = Program.start(
                        directory, "poll", endpoint.url(), "--interval", "10ms", "--duration", "20s", "--out", "out")) {
            eventually("it polls on", () -> endpoint.asked().size() > 5);
            poll.signal("TERM");
            assertThat(poll.exitCode()).as(poll.errors()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(poll.errors())
                    .doesNotContain("OutOfMemory", "\tat ")
                    .contains("poll 2 failed: the answer has more than 67108864 bytes");
            assertThat(poll.errors().lines().filter(line -> line.contains("67108864")))
                    .as("said once")
                    .hasSize(1);
            JsonNode figures = new ObjectMapper()
                    .readTree(directory.resolve("out/run.json").toFile())
                    .path("figures");
            assertThat(figures.path("failed").asLong()).isEqualTo(3);
            assertThat(figures.path("delivered").asLong()).isPositive();
        }
    }

    @Test
    void theBoundCanBeChosen() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[\"" + "x".repeat(2_000) + "\"]}"))) {
            Said said = Said.by(
                    "", List.of("poll", endpoint.url(), "--most-bytes", "1KiB", "--out", directory.resolve("o") + ""));
            assertThat(said.errors())
                    .contains("cannot be polled: the answer has more than 1024 bytes")
                    .hasLineCount(1);
        }
    }

    /** One line of blanks, and many blank lines. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\n"})
    void aPackedBombIsNoTrace(String repeated) throws Exception {
        Path trace = directory.resolve("bomb.gz");
        Files.write(trace, bomb(repeated.repeat(1 << 16).getBytes(StandardCharsets.US_ASCII), 70_000_000));
        Said said = Said.by("", List.of("simulate", "--trace", trace.toString()));
        assertThat(said.errors()).hasLineCount(1).contains("bomb.gz", "more than");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aLineWithoutEndIsNoTime() {
        Said said = Said.by("1\n2\n" + "1".repeat(1_000_000), List.of("simulate", "--trace", "-"));
        assertThat(said.errors()).hasLineCount(1).contains("standard input line 3 has more than 10000 characters");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    @Tag("slow")
    void anItemThatMemoryDoesNotHoldFailsItsPoll() throws Exception {
        String large = json("{\"data\":[[" + "{},".repeat(15_000_000) + "1]]}");
        try (RawEndpoint endpoint = new RawEndpoint(
                        (request, out) -> out.write(bytes(request.number() == 2 ? large : json("{\"data\":[]}"))));
                Program poll =
                        Program.start(directory, "poll", endpoint.url(), "--interval", "10ms", "--out", "large")) {
            while (endpoint.asked().size() <= 3 && poll.isAlive()) {
                LockSupport.parkNanos(1_000_000); // until the test's own timeout
            }
            poll.signal("TERM");
            assertThat(poll.exitCode()).as(poll.errors()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(poll.errors()).contains("poll 2 failed: the memory of ", "is not enough for the answer");
        }
    }

    @Test
    @Tag("slow")
    void moreTimesThanMemoryHoldsAreRefusedInOneLine() throws Exception {
        Path times = directory.resolve("times.txt");
        Files.write(times, "1\n".repeat(20_000_000).getBytes(StandardCharsets.US_ASCII));
        try (Program simulate = Program.start(directory, "simulate", "--trace", times.toString())) {
            assertThat(simulate.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(simulate.errors()).hasLineCount(1).contains("times.txt", "memory", "PUSHPULL_JAVA_OPTS=-Xmx");
        }
    }
}
