package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay that ends connections, on real sockets. */
@Timeout(60)
@Tag("live")
class MiddleboxRelayTest {
    private static final long MILLIS = 1_000_000;
    private static final int LONG_MILLIS = 30_000;

    @Test
    void anIdleConnectionEndsForBothSidesAndNoSoonerThanItMay() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 100 * MILLIS, 0, 0, 0, false, 0))) {
            long from = System.nanoTime();
            pair.client.getOutputStream().write(1);
            assertThat(pair.server.getInputStream().read()).isEqualTo(1);
            assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
            assertThat(pair.server.getInputStream().read()).isEqualTo(-1);
            assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(100 * MILLIS);
        }
    }

    @Test
    void bytesKeepItAlive() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 1_000 * MILLIS, 0, 0, 0, false, 0))) {
            long from = System.nanoTime();
            while (System.nanoTime() - from < 1_300 * MILLIS) {
                pair.server.getOutputStream().write(7);
                assertThat(pair.client.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void aSilentEndTellsNobodyAndSwallowsWhatIsSentAfterwards() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 50 * MILLIS, 0, 0, 0, true, 0))) {
            pair.client.setSoTimeout(300);
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            pair.server.getOutputStream().write(7);
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            pair.server.shutdownOutput();
            assertThatThrownBy(() -> pair.client.getInputStream().read())
                    .as("not even its end arrives")
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anAnswerThatDoesNotBeginIsNotWaitedFor() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 0, 0, 100 * MILLIS, 0, false, 0))) {
            pair.ask();
            assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void anAnswerThatGoesOnIsEndedAfterItsLifetimeHoweverMuchItSays() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 0, 200 * MILLIS, 0, 0, false, 0))) {
            pair.ask();
            pair.server.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (pair.client.getInputStream().read() >= 0) {
                try {
                    pair.server.getOutputStream().write('x');
                } catch (IOException e) {
                    // ended meanwhile
                }
            }
        }
    }

    @Test
    void whoComesWhenAllConnectionsAreTakenWaitsUntilAnotherGoes() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 0, 0, 0, 1, false, 0));
                Socket next = pair.another()) {
            next.getOutputStream().write(2);
            pair.listener.setSoTimeout(200);
            assertThatThrownBy(pair.listener::accept).isInstanceOf(SocketTimeoutException.class);
            pair.client.close();
            pair.server.close();
            pair.listener.setSoTimeout(LONG_MILLIS);
            try (Socket served = pair.listener.accept()) {
                served.setSoTimeout(LONG_MILLIS);
                assertThat(served.getInputStream().read()).isEqualTo(2);
            }
        }
    }

    @Test
    void nothingEndsBeforeLimitsAreInForce() throws Exception {
        try (Pair pair = new Pair(new Middlebox("box", 20 * MILLIS, 0, 0, 0, false, 0), Middlebox.NEVER)) {
            pair.client.setSoTimeout(200);
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            pair.relay.limitsFrom(System.nanoTime());
            pair.client.setSoTimeout(LONG_MILLIS);
            assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aClientSeesThatItsIdleConnectionHasBeenEndedBeforeItUsesIt() throws Exception {
        Wire wire = new Wire(false, 0, Wire.AS_USUAL).behind(new Middlebox("box", 50 * MILLIS, 0, 0, 0, false, 0));
        try (ServerSocket listener = listener();
                DelayRelay relay = Relayed.before(listener, wire);
                Socket raw = listening(relay);
                Socket server = listener.accept()) {
            relay.limitsFrom(System.nanoTime());
            assertThat(server.isConnected()).isTrue();
            CountingSocket client = (CountingSocket) raw;
            while (!client.isOver()) {
                assertThat(client.isClosed()).isFalse(); // it waits for a moment itself
            }
        }
    }

    private static Socket listening(DelayRelay relay) throws IOException {
        Socket client = new CountingSocketFactory().createSocket();
        client.connect(new InetSocketAddress("127.0.0.1", relay.address().getPort()), LONG_MILLIS);
        return client;
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** The two ends of a connection through a relay. */
    private static final class Pair implements AutoCloseable {
        final ServerSocket listener = listener();
        final DelayRelay relay;
        final Socket client;
        final Socket server;

        Pair(Middlebox box) throws IOException {
            this(box, System.nanoTime());
        }

        Pair(Middlebox box, long inForceNanos) throws IOException {
            relay = Relayed.before(listener, Wire.LOOPBACK.behind(box));
            relay.limitsFrom(inForceNanos);
            client = another();
            server = listener.accept();
            server.setSoTimeout(LONG_MILLIS);
        }

        Socket another() throws IOException {
            Socket socket = new Socket("127.0.0.1", relay.address().getPort());
            socket.setSoTimeout(LONG_MILLIS);
            return socket;
        }

        void ask() throws IOException {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
            relay.close();
            listener.close();
        }
    }
}
