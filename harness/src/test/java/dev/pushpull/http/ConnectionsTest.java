package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushpull.testing.RawClient;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No peer keeps a connection longer than it needs it. */
class ConnectionsTest extends LimitedServer {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET / HTTP/1.1|Host: lo",
                "POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||",
                "POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||half of",
                "POST /nowhere HTTP/1.1|Host: localhost|Transfer-Encoding: chunked||3|abc|",
                "GET /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||half of",
                "POST /read HTTP/1.1|Host: localhost|Content-Length: 100||half of",
                "POST /read HTTP/1.1|Host: localhost|Content-Length: 9999999||",
                "POST /read HTTP/1.1|Host: localhost|Transfer-Encoding: chunked||",
                "POST /read HTTP/1.1|Host: localhost|Expect: 100-continue|Content-Length: 100||",
                "POST /read HTTP/1.1|Content-Length: 100||",
                "GET /nowhere HTTP/1.1|Host: localhost||GET /nowhere HT"
            })
    void aRequestThatIsNotThereWholeInTimeIsHungUpOn(String beginning) throws IOException {
        serve(hurried(), Transport.PLAIN);

        RawClient client = connectAndSend(beginning);

        openAre(0);
        while (!client.isEnded()) {
            continue; // what was answered before
        }
    }

    @Test
    void trickledBytesWinNoTime() throws IOException {
        serve(hurried(), Transport.PLAIN);
        RawClient client = connectAndSend("POST /read HTTP/1.1|Host: localhost|Content-Length: 1000000||");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            while (true) {
                client.send(new byte[1]);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        });

        eventually("the handler is told", () -> tooSlow.get() == 1);
    }

    @Test
    void aTlsHandshakeHasToComeToAnEndTooAndAfterwardsAConnectionMayBeIdle() throws IOException {
        long enoughNanos = TimeUnit.SECONDS.toNanos(2);
        serve(new Connections.Limits(1000, enoughNanos, NEVER_NANOS, NEVER_NANOS, Long.MAX_VALUE), TLS);
        try (Socket silent = encrypted()) {
            RawClient mute = connect();
            RawClient stammering = connectAndSend("\u0016");

            assertThat(mute.isEnded()).isTrue();
            assertThat(stammering.isEnded()).isTrue();
            eventually("the server has seen it too", () -> server.connections() == 1);
            assertThat(silent.isClosed()).isFalse();
        }
    }

    private SSLSocket encrypted() throws IOException {
        SSLSocket socket = (SSLSocket) TLS.tls()
                .orElseThrow()
                .clientContext()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
        socket.startHandshake();
        return socket;
    }

    @Test
    void theTimeOfARequestWhoseHeadComesWholeBeginsWithThatHead() throws IOException {
        serve(atMost(10), Transport.PLAIN);
        RawClient client = connect();
        client.get("/nowhere");
        long sentNanos = System.nanoTime();

        client.send("POST /held HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf of"
                .getBytes(StandardCharsets.US_ASCII));

        eventually("it is held", () -> !held.isEmpty());
        assertThat(Connections.serving(held.get(0)).sinceNanos - sentNanos).isNotNegative();
    }

    @Test
    void anIdleConnectionAndOneThatWaitsForItsAnswerAreLeftAlone() throws IOException {
        serve(hurried(), Transport.PLAIN);
        RawClient fresh = connect();
        RawClient used = connect();
        used.get("/nowhere");
        RawClient waiting = connectAndSend("GET /held HTTP/1.1|Host: localhost||");
        eventually("it is held", () -> !held.isEmpty());

        assertThat(connectAndSend("G").isEnded()).isTrue();
        assertThat(connectAndSend("G").isEnded()).isTrue();
        openAre(3);

        held.get(0).getIoThread().execute(() -> end(held.get(0), StatusCodes.OK));
        assertThat(waiting.answer().status()).isEqualTo(200);
        assertThat(fresh.get("/nowhere").status()).isEqualTo(404);
        assertThat(used.get("/nowhere").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoDoesNotReadItsAnswerIsHungUpOn(boolean tls) throws IOException {
        serve(hurried(), tls ? TLS : Transport.PLAIN);
        if (tls) {
            encrypted()
                    .getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            connectAndSend("GET /large HTTP/1.1|Host: localhost||");
        }

        eventually("it is asked", () -> server.totals().requests() == 1);
        openAre(0);
    }

    @Test
    void whoReadsSteadilyMayTakeItsTime() throws IOException, InterruptedException {
        serve(hurried(), Transport.PLAIN);
        RawClient reader = connectAndSend("GET /large HTTP/1.1|Host: localhost||");

        long untilNanos = System.nanoTime() + 3 * SHORT_NANOS;
        int read = 0;
        while (System.nanoTime() < untilNanos) {
            read += reader.read(256 << 10);
            TimeUnit.MILLISECONDS.sleep(10);
        }

        assertThat(reader.read(LARGE_BYTES - read)).isEqualTo(LARGE_BYTES - read);
    }
}
