package dev.pushpull.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.host.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two clocks over a real connection, one of them far away. */
@Tag("live")
@Timeout(60)
class ClockProbesTest {
    private static final long FAR = 500_000L * 1_000_000_000;
    private static final double DRIFT = 100e-6;

    private final long startNanos = System.nanoTime();
    private final AtomicLong setNanos = new AtomicLong();

    private long far(long hereNanos) {
        return hereNanos + FAR + (long) ((hereNanos - startNanos) * DRIFT) + setNanos.get();
    }

    private static InetSocketAddress at(int port) {
        return InetSocketAddress.createUnresolved("127.0.0.1", port);
    }

    /** Passes bytes on, those back to the client later. */
    private static ServerSocket relay(int to, long backMillis) throws IOException {
        ServerSocket relay = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = relay.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> pass(client.getInputStream(), server.getOutputStream(), 0));
                start(() -> pass(server.getInputStream(), client.getOutputStream(), backMillis));
            }
        });
        return relay;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // it is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void pass(InputStream from, OutputStream to, long millis) throws IOException, InterruptedException {
        byte[] buffer = new byte[100];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            TimeUnit.MILLISECONDS.sleep(millis);
            to.write(buffer, 0, read);
        }
    }

    @Test
    void theTruthLiesWithinTheBoundAlsoWhereTheWayBackIsLonger() throws Exception {
        try (ClockServer server = new ClockServer("127.0.0.1", () -> far(System.nanoTime()));
                ServerSocket relay = relay(server.port(), 10);
                ClockProbes probes = new ClockProbes(at(relay.getLocalPort()), NanoClock.SYSTEM)) {
            probes.begin();
            long fromNanos = System.nanoTime();
            long worstNanos = 0;
            while (System.nanoTime() < fromNanos + 1_000_000_000L) {
                long now = System.nanoTime();
                worstNanos = Math.max(worstNanos, Math.abs(probes.hereNanos(far(now)) - now));
                TimeUnit.MILLISECONDS.sleep(10);
            }
            long toNanos = System.nanoTime();
            ClockComparison found = probes.between(fromNanos, toNanos);
            assertThat(found.bounded()).isTrue();
            assertThat(found.leastOffsetNanos()).isLessThanOrEqualTo(far(fromNanos) - fromNanos);
            assertThat(found.mostOffsetNanos()).isGreaterThanOrEqualTo(far(toNanos) - toNanos);
            assertThat(worstNanos)
                    .as("half of the longer way back, which a guess in the middle is off by")
                    .isBetween(3_000_000L, found.boundNanos());
        }
    }

    @Test
    void aClockThatIsSetMeanwhileIsFoundOut() throws Exception {
        try (ClockServer server = new ClockServer("127.0.0.1", () -> far(System.nanoTime()));
                ClockProbes probes = new ClockProbes(at(server.port()), NanoClock.SYSTEM)) {
            probes.begin();
            long fromNanos = System.nanoTime();
            setNanos.set(3_600_000_000_000L);
            TimeUnit.MILLISECONDS.sleep(300); // a few more readings
            assertThat(probes.between(fromNanos, System.nanoTime()).changed()).isTrue();
        }
    }

    @Test
    void aClockThatCannotBeReachedIsRefused() throws Exception {
        int nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = taken.getLocalPort();
        }
        assertThatThrownBy(() -> ClockProbes.reach(at(nobody))).isInstanceOf(IOException.class);
    }
}
