package dev.pushpull.delivery.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.stream.StreamTaker;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.MeteredHttpClient.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Dns;
import okhttp3.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("live")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketFramesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** RFC 6455, section 7.1.5: such a frame is read as 1005, which must not be sent. */
    @Test
    void aProviderThatClosesWithoutAStatusIsAnsweredInKind() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, 1, Dns.SYSTEM)) {
            CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> closesAtOnce(listening));
            MeteredHttpClient.Exchange exchange = client.stream(
                    new Request.Builder()
                            .url("http://127.0.0.1:" + listening.getLocalPort() + "/events")
                            .header("Connection", "Upgrade")
                            .header("Upgrade", "websocket")
                            .build(),
                    0,
                    new WebSocketFrames(new Nobody(), false));
            assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
            assertThat(answer.get()).startsWith(0x88, 0x80).hasSize(2 + 4);
        }
    }

    private static byte[] closesAtOnce(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[] {(byte) 0x88, 0});
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Nobody implements StreamTaker {
        @Override
        public void opened() {
            // nothing follows
        }

        @Override
        public void event(String json, long number) {
            throw new AssertionError("no event was sent");
        }

        @Override
        public void told(long reconnectMillis, long after, long endsInMillis) {
            throw new AssertionError("nothing was told");
        }

        @Override
        public void heartbeat() {
            throw new AssertionError("no heartbeat was sent");
        }

        @Override
        public void answered(boolean event) {
            throw new AssertionError("there was nothing to answer");
        }

        @Override
        public void heard() {
            // the last frame
        }
    }
}
