package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class NonBlockingSocketTest {
    /** More than the buffers of both sides hold. */
    private static final int A_LOT = 24 << 20;

    private final CountingSocketFactory factory = new CountingSocketFactory();
    private ServerSocket listener;
    private NonBlockingSocket socket;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        socket = new NonBlockingSocket(factory.tally());
        socket.connect((InetSocketAddress) listener.getLocalSocketAddress(), TimeUnit.SECONDS.toNanos(10));
        peer = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        socket.close();
        listener.close();
    }

    private CompletableFuture<Integer> reading() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return socket.getInputStream().read();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void theWriterDoesNotWaitForAPeerThatDoesNotReadAndTheReaderSendsTheRest() throws Exception {
        ExchangeTally tally = socket.beginExchange();
        socket.getOutputStream().write(pattern(A_LOT));
        socket.getOutputStream().write(pattern(10));
        assertThat(socket.allSent()).isFalse();
        assertThat(tally.bytesSent()).as("what the system took").isPositive().isLessThan(A_LOT);

        CompletableFuture<Integer> answer = reading();
        assertThat(peer.getInputStream().readNBytes(A_LOT)).isEqualTo(pattern(A_LOT));
        assertThat(peer.getInputStream().readNBytes(10)).isEqualTo(pattern(10));
        peer.getOutputStream().write(7);
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(socket.allSent()).isTrue();
        assertThat(tally.bytesSent())
                .isEqualTo(A_LOT + 10)
                .isEqualTo(factory.totals(0).bytesSent());
        assertThat(tally.bytesReceived()).isEqualTo(1);
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 10));
        }
        return bytes;
    }

    @Test
    void closingWaitsForNobodyAndTheReaderLearnsIt() throws Exception {
        socket.getOutputStream().write(new byte[A_LOT]);
        CompletableFuture<Integer> answer = reading();
        socket.close();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("Socket closed");
        assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(IOException.class);
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void theReaderCanBeAskedToLeaveBeforeItReadsAndWhileItDoes() throws Exception {
        CompletableFuture<Integer> answer = reading();
        socket.leave();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void whatThePeerSaidBeforeItBrokeOffIsReadThoughWritingFails() throws Exception {
        socket.getOutputStream().write(new byte[A_LOT]);
        peer.getOutputStream().write(42);
        peer.setSoLinger(true, 0);
        assertThat(socket.getInputStream().read()).isEqualTo(42);
        peer.close(); // with a reset
        eventually("what cannot be sent is given up", () -> {
            try {
                socket.getOutputStream().write(1); // no error, however often
                return socket.getInputStream().read() < 0;
            } catch (IOException e) {
                return true;
            }
        });
        assertThat(socket.allSent()).isFalse();
    }

    @Test
    void anInterruptOfTheReaderNeitherClosesItNorLetsItSpin() throws Exception {
        Thread.currentThread().interrupt();
        CompletableFuture.runAsync(
                () -> {
                    try {
                        peer.getOutputStream().write(5);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        assertThat(socket.getInputStream().read()).isEqualTo(5);
        Thread.currentThread().interrupt();
        socket.getOutputStream().write(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(peer.getInputStream().read()).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsRefusedIsNotCounted() throws Exception {
        listener.close();
        try (NonBlockingSocket refused = new NonBlockingSocket(factory.tally())) {
            assertThatThrownBy(() -> refused.connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()),
                            TimeUnit.SECONDS.toNanos(10)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(factory.totals(0).connections()).isEqualTo(1);
    }
}
