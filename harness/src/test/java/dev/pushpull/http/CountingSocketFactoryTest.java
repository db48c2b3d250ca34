package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Tag("live")
class CountingSocketFactoryTest {
    /** What a plain server read and wrote on one connection. */
    private record Seen(long received, long sent) {}

    private static CompletableFuture<Seen> answerWith(ServerSocket listener, int bytes) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = listener.accept()) {
                long received = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                socket.getOutputStream().write(new byte[bytes]);
                return new Seen(received, bytes);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @Test
    void theClientCountsWhatTheServerSawHoweverItIsReadAndWritten() throws Exception {
        CountingSocketFactory factory = new CountingSocketFactory();
        try (ServerSocket listener = listener();
                CountingSocket socket = factory.createSocket()) {
            CompletableFuture<Seen> server = answerWith(listener, 50_000);
            socket.connect(listener.getLocalSocketAddress());
            ExchangeTally tally = socket.beginExchange();
            OutputStream out = socket.getOutputStream();
            out.write(1);
            out.write(new byte[1_000]);
            out.write(new byte[500], 100, 300);
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isZero();
            assertThat(in.readNBytes(999)).hasSize(999);
            assertThat(in.skip(100)).isEqualTo(100);
            in.transferTo(OutputStream.nullOutputStream());
            assertThat(in.read()).isEqualTo(-1);

            Seen seen = server.get(10, TimeUnit.SECONDS);
            assertThat(seen).isEqualTo(new Seen(1_301, 50_000));
            assertThat(tally.bytesSent()).isEqualTo(seen.received());
            assertThat(tally.bytesReceived()).isEqualTo(seen.sent());
            assertThat(factory.totals(0).bytesSent()).isEqualTo(seen.received());
            assertThat(factory.totals(0).bytesReceived()).isEqualTo(seen.sent());
        }
    }

    @Test
    void eachExchangeOnASocketHasATallyOfItsOwnThatTheNextLeavesAlone() throws Exception {
        CountingSocketFactory factory = new CountingSocketFactory();
        try (ServerSocket listener = listener();
                CountingSocket socket = factory.createSocket()) {
            CompletableFuture<Seen> server = answerWith(listener, 7);
            socket.connect(listener.getLocalSocketAddress());
            ExchangeTally first = socket.beginExchange();
            socket.getOutputStream().write(new byte[100]);
            ExchangeTally second = socket.beginExchange();
            socket.getOutputStream().write(new byte[20]);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
            server.get(10, TimeUnit.SECONDS);

            assertThat(first.bytesSent()).isEqualTo(100);
            assertThat(first.bytesReceived()).isZero();
            assertThat(second.bytesSent()).isEqualTo(20);
            assertThat(second.bytesReceived()).isEqualTo(7);
        }
    }

    @Test
    void allSocketsAddUpInTheirFactory() throws Exception {
        CountingSocketFactory factory = new CountingSocketFactory();
        try (ServerSocket listener = listener()) {
            for (int bytes : new int[] {10, 2_000, 0}) {
                CompletableFuture<Seen> server = answerWith(listener, bytes);
                try (Socket socket = factory.createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                    socket.getOutputStream().write(new byte[bytes]);
                    socket.shutdownOutput();
                    assertThat(socket.getInputStream().readAllBytes()).hasSize(bytes);
                    assertThat(server.get(10, TimeUnit.SECONDS)).isEqualTo(new Seen(bytes, bytes));
                }
            }
        }
        assertThat(factory.totals(0).bytesSent()).isEqualTo(2_010);
        assertThat(factory.totals(0).bytesReceived()).isEqualTo(2_010);
        assertThat(factory.totals(0).connections()).isEqualTo(3);
    }

    @Test
    void anUnsignedByteIsReadAsSuch() throws Exception {
        CountingSocketFactory factory = new CountingSocketFactory();
        try (ServerSocket listener = listener()) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write(0xff);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (Socket socket = factory.createSocket("127.0.0.1", listener.getLocalPort())) {
                assertThat(socket.getInputStream().read()).isEqualTo(0xff);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            server.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aConnectionThatIsRefusedIsNotCounted() throws Exception {
        int freePort;
        try (ServerSocket listener = listener()) {
            freePort = listener.getLocalPort();
        }
        CountingSocketFactory factory = new CountingSocketFactory();
        assertThatThrownBy(() -> factory.createSocket(InetAddress.getLoopbackAddress(), freePort))
                .isInstanceOf(IOException.class);
        try (Socket socket = factory.createSocket()) {
            assertThatThrownBy(() ->
                            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort), 1_000))
                    .isInstanceOf(IOException.class);
        }
        assertThat(factory.totals(0).connections()).isZero();
        assertThat(factory.totals(0).bytesSent()).isZero();
    }
}
