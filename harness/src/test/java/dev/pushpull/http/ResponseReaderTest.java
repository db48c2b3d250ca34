package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.http.ResponseReader.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    /** Returns at most this many bytes at a time, as sockets do. */
    private static ResponseReader reading(String text, int bytesAtOnce) {
        return new ResponseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, bytesAtOnce));
            }
        });
    }

    private static String body(Response response) {
        return new String(response.body(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8192})
    void responsesFollowEachOtherOnAConnectionHoweverTheirBytesArrive(int bytesAtOnce) throws IOException {
        ResponseReader reader = reading(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Kind:  a b \r\n\r\nhello"
                        + "HTTP/1.1 204\r\n\r\n"
                        + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\nRetry-After: 7\nContent-Length: 0\n\n"
                        + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nwiki\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
                bytesAtOnce);

        Response first = reader.next();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().get("x-kind")).isEqualTo("a b");
        assertThat(body(first)).isEqualTo("hello");
        assertThat(reader.next().status()).isEqualTo(204);
        Response third = reader.next();
        assertThat(third.status()).isEqualTo(503);
        assertThat(third.headers().get("Retry-After")).isEqualTo("7");
        assertThat(body(reader.next())).isEqualTo("wiki0123456789");
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8192})
    void aLongHeadIsReadHoweverItsBytesArrive(int bytesAtOnce) throws IOException {
        String longLine = "X-Long: " + "x".repeat(50 << 10) + "\r\n";

        Response response = reading("HTTP/1.1 200 OK\r\n" + longLine + "Content-Length: 0\r\n\r\n", bytesAtOnce)
                .next();

        assertThat(response.headers().get("X-Long")).hasSize(50 << 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nto the end",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive, close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: CLOSE ,x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\nconnection:\tClose\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            })
    void aConnectionIsNotKeptWhereTheResponseSaysSoOrItsEndIsNotCertain(String text) throws IOException {
        assertThat(reading(text, 8192).next().keepsConnection()).isFalse();
    }

    @Test
    void aConnectionIsKeptOtherwise() throws IOException {
        assertThat(reading("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 8192)
                        .next()
                        .keepsConnection())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "HTTP/1.1 200 OK\r\nCont",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: -0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX Y: 1\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n folded: from nothing\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\u00e9: 1\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
            })
    void whatIsNoWholeResponseIsAnError(String text) {
        assertThatThrownBy(() -> reading(text, 8192).next())
                .isInstanceOf(IOException.class)
                .message()
                .isNotBlank()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: b\r\n c\r\n\r\nhi",
                "HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 204 No Content\r\nA: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nT: v\r\n\r\n",
            })
    void aResponseThatEndsTooEarlyIsAnErrorWhereverItEnds(String whole) throws IOException {
        assertThat(reading(whole, 8192).next()).isNotNull();
        for (int bytes = 1; bytes < whole.length(); bytes++) {
            String begun = whole.substring(0, bytes);
            assertThatThrownBy(() -> reading(begun, 8192).next()).as(begun).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8192})
    void aFoldedHeaderIsOneAndBlanksBeforeAColonAreNone(int bytesAtOnce) throws IOException {
        Response response = reading(
                        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\t d\r\nContent-Length \t: 2\r\nZ: \u0000a\u0007\r\n\r\nhi",
                        bytesAtOnce)
                .next();
        assertThat(response.headers().get("A")).isEqualTo("b c d");
        assertThat(response.headers().get("Z")).isEqualTo("a");
        assertThat(body(response)).isEqualTo("hi");
        assertThat(response.keepsConnection()).isTrue();
    }

    @Test
    void aLengthMayBeSaidTwice() throws IOException {
        Response response = reading("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\nContent-Length: 1\r\n\r\nx", 8192)
                .next();
        assertThat(body(response)).isEqualTo("x");
    }

    @Test
    void whatIsQuotedOfABadAnswerIsPrintable() {
        assertThatThrownBy(() -> reading("\u001b[2J\u0007rubbish\r\n\r\n", 8192).next())
                .hasMessage("no HTTP/1.1 response:  [2J rubbish");
    }

    @Test
    void anEndlessHeadIsAnErrorAndALongBodyIsNotKept() throws IOException {
        assertThatThrownBy(() -> new ResponseReader(endless('x')).next())
                .isInstanceOf(IOException.class)
                .hasMessage("more than 64 KB of headers");
        int length = 3 * ResponseReader.MOST_BODY_BYTES;
        Response response = reading(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "b".repeat(length), 8192)
                .next();
        assertThat(response.body()).hasSize(ResponseReader.MOST_BODY_BYTES);
        assertThat(response.keepsConnection()).isTrue();
    }

    private static InputStream endless(char character) {
        return new InputStream() {
            @Override
            public int read() {
                return character;
            }
        };
    }
}
