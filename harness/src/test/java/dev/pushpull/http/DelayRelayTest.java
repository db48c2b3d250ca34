package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Scenario.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("timing")
class DelayRelayTest {
    private static final RoleThreads THREADS = new RoleThreads("test", RoleThreads.HARNESS);
    private static final long RTT_NANOS = 20_000_000;

    @Test
    void bytesComeUnchangedInBothDirectionsAndTheEndComesAfterThem() throws Exception {
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        try (ServerSocket server = listener();
                DelayRelay relay = before(server, RTT_NANOS);
                Socket client = connected(relay)) {
            echo(server);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    client.getOutputStream().write(data);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(data);
            written.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRoundTripTakesItsTimeAndTheFirstOfAConnectionAnotherOne() throws Exception {
        try (ServerSocket server = listener();
                DelayRelay relay = before(server, RTT_NANOS);
                Socket client = connected(relay)) {
            client.setTcpNoDelay(true);
            echo(server);
            assertThat(roundTripNanos(client)).isGreaterThanOrEqualTo(2 * RTT_NANOS);
            long quickest = Long.MAX_VALUE;
            for (int i = 0; i < 50; i++) {
                long nanos = roundTripNanos(client);
                assertThat(nanos).isGreaterThanOrEqualTo(RTT_NANOS);
                quickest = Math.min(quickest, nanos);
            }
            assertThat(quickest)
                    .as("the quickest of fifty, on whatever machine")
                    .isLessThan(RTT_NANOS * 5 / 4);
        }
    }

    @Test
    void whereThereIsNoServerTheConnectionEnds() throws Exception {
        URI nobody;
        try (ServerSocket gone = listener()) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }
        try (DelayRelay relay = Relayed.before(nobody, new Wire(false, RTT_NANOS, Wire.AS_USUAL));
                Socket client = connected(relay)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aServerThatHangsUpIsHeardOf() throws Exception {
        try (ServerSocket server = listener();
                DelayRelay relay = before(server, RTT_NANOS);
                Socket client = connected(relay)) {
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(7);
            }
            assertThat(client.getInputStream().readAllBytes()).containsExactly(7);
        }
    }

    @Test
    void withoutDistanceThereIsNoRelay() throws Exception {
        try (ServerSocket server = listener();
                DelayRelay relay = before(server, 0)) {
            assertThat(relay.address().getPort()).isEqualTo(server.getLocalPort());
        }
    }

    private static long roundTripNanos(Socket client) throws IOException {
        long before = System.nanoTime();
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        return System.nanoTime() - before;
    }

    private static void echo(ServerSocket server) {
        THREADS.newThread(() -> {
                    try (Socket socket = server.accept()) {
                        socket.setTcpNoDelay(true);
                        OutputStream back = socket.getOutputStream();
                        socket.getInputStream().transferTo(back);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .start();
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static DelayRelay before(ServerSocket server, long rttNanos) throws IOException {
        return Relayed.before(server, new Wire(false, rttNanos, Wire.AS_USUAL));
    }

    private static Socket connected(DelayRelay relay) throws IOException {
        return new Socket("127.0.0.1", relay.address().getPort());
    }
}
