package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.testing.RawClient;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers could interpret differently, and unreadable ones. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class RequestHeadTest {
    private final AtomicInteger handled = new AtomicInteger();
    private MeteredHttpServer server;

    @BeforeAll
    void start() {
        server = new MeteredHttpServer("127.0.0.1", 0, new RoleThreads("test", RoleThreads.PROVIDER), this::take);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void take(HttpServerExchange exchange) {
        handled.incrementAndGet();
        if (exchange.getRequestPath().equals("/fails")) {
            throw new IllegalStateException("a defect of the handler");
        }
        exchange.endExchange();
    }

    /** The answer to bytes that must be the last on their connection. */
    private int lastAnswer(String request) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.send(request.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            int status = client.answer().status();
            assertThat(client.isEnded()).as("the connection is closed").isTrue();
            return status;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 18446744073709551626",
                "Content-Length: 9223372036854775808",
                "Content-Length: 99999999999999999999999999999999",
                "Content-Length: 1000000000000000000",
                "Content-Length: -2",
                "Content-Length: +2",
                "Content-Length: 0x2",
                "Content-Length: ",
                "Content-Length: 2, 2",
                "Content-Length: 2|Content-Length: 3",
                "Content-Length: 2|Transfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: ",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Transfer-Encoding:| chunked",
                "Transfer-Encoding: chunked|\t",
                "Transfer-Encoding: chun| ked",
                "X: a| b|Content-Length: 2",
                "X: a|\tb|Content-Length: 2",
                "X Y: 1|Content-Length: 2",
                "Content-Length : 2",
                "X: a\0b|Content-Length: 2",
                "X\0: a|Content-Length: 2",
                "no colon|Content-Length: 2",
                ": no name|Content-Length: 2",
                "Host: another|Content-Length: 2"
            })
    void anAmbiguousOrUnreadableHeaderIsABadRequestThatEndsTheConnection(String headers) throws IOException {
        int before = handled.get();

        assertThat(lastAnswer("POST /x HTTP/1.1|Host: localhost|" + headers + "||{}"))
                .isEqualTo(400);

        assertThat(handled).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /x HTTP/9.9|Host: localhost|Content-Length: 2||{}",
                "POST /x HTTP/1.2|Host: localhost|Content-Length: 2||{}",
                "POST /x HTTP/2.0|Host: localhost|Content-Length: 2||{}",
                "POST /x HTTP/0.9|Host: localhost|Content-Length: 2||{}",
                "POST /x http/1.1|Host: localhost|Content-Length: 2||{}",
                "POST /x HTTP/1.0|Transfer-Encoding: chunked||0||",
                "GET /x HTTP/1.1||",
                "GET http://evil.example/x HTTP/1.1|Host: localhost||",
                "GET /%zz HTTP/1.1|Host: localhost||",
                "GET /x?%zz HTTP/1.1|Host: localhost||",
                "GET /\0 HTTP/1.1|Host: localhost||",
                "GET x HTTP/1.1|Host: localhost||",
                "G@T /x HTTP/1.1|Host: localhost||",
                "rubbish||"
            })
    void anotherProtocolAnotherHostAndATargetThatCannotBeReadAreBadRequests(String request) throws IOException {
        int before = handled.get();

        assertThat(lastAnswer(request)).isEqualTo(400);

        assertThat(handled).hasValue(before);
    }

    @Test
    void aHeadBeyondAllMeasureIsABadRequest() throws IOException {
        assertThat(lastAnswer("GET /x HTTP/1.1|Host: localhost|X: " + "y".repeat(40_000) + "||"))
                .isEqualTo(400);
        assertThat(lastAnswer("GET /x?" + "y".repeat(40_000) + " HTTP/1.1|Host: localhost||"))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /x HTTP/1.1|Host: localhost|Content-Length: 16||{\"a\":1,\n  \"b\":2}"
                        + "GET /y HTTP/1.1|Host: localhost||",
                "POST /x HTTP/1.1|Host: localhost|transfer-encoding: Chunked||10|{\"a\":1,\n  \"b\":2}|0||"
                        + "GET /y HTTP/1.1|Host: localhost||"
            })
    void aBodyMayHaveLinesThatBeginWithBlanksAndRequestsMayFollowEachOther(String requests) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            for (byte one : requests.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1)) {
                client.send(new byte[] {one});
            }
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(200);
        }
        try (RawClient client = new RawClient(server.address())) {
            client.send(requests.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aFoldedHeaderOfARequestThatCameAheadOfItsTimeIsSeenToo() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.send("GET /x HTTP/1.1|Host: localhost||GET /x HTTP/1.1|Host: localhost|X: a| b||"
                    .replace("|", "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void aHandlerThatFailsIsAnsweredWith500AndTheConnectionEnds() throws IOException {
        assertThat(lastAnswer("GET /fails HTTP/1.1|Host: localhost||")).isEqualTo(500);
        assertThat(lastAnswer("POST /fails HTTP/1.1|Host: localhost|Content-Length: 100||{}"))
                .isEqualTo(500);
    }
}
