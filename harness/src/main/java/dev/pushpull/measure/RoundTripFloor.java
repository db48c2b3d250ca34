package dev.pushpull.measure;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.SteadinessVerdict;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;

/**
 * What the barest HTTP round trip over loopback costs on this machine: one standing connection, two threads, fixed
 * bytes, no parsing. Made at a fixed rate, because an idle path is slower than a busy one. No latency measured beside
 * it can be lower.
 */
public final class RoundTripFloor implements AutoCloseable {
    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final NanoClock clock;
    private final long periodNanos;
    private final byte[] request;
    private final Histogram roundTrips = new Histogram(3);
    private final LatencyCourse course = new LatencyCourse();
    private double sumNanos;
    private long startNanos;
    private long durationNanos;
    private final ServerSocket listener;
    private final Socket client = new Socket();
    private final Thread server;
    private final Thread asker;
    private volatile boolean running = true;

    /**
     * @param ratePerSecond round trips a second
     * @param bodyBytes of each request
     */
    public RoundTripFloor(NanoClock clock, RoleThreads threads, double ratePerSecond, int bodyBytes)
            throws IOException {
        this.clock = clock;
        this.periodNanos = Math.round(1e9 / ratePerSecond);
        byte[] head = ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bodyBytes + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.request = java.util.Arrays.copyOf(head, head.length + bodyBytes);
        this.listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.server = threads.newThread(this::answer);
        this.asker = threads.newThread(this::ask);
    }

    /** Starts making round trips, and follows how long they take in a time to come. */
    public void start(long startNanos, long durationNanos) {
        this.startNanos = startNanos;
        this.durationNanos = durationNanos;
        course.start(durationNanos);
        start();
    }

    /** Starts making round trips. */
    public void start() {
        server.start();
        asker.start();
    }

    private void answer() {
        try (Socket socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            byte[] received = new byte[request.length];
            while (running) {
                in.readFully(received);
                out.write(RESPONSE);
            }
        } catch (IOException e) {
            // the other end is gone: the run is over
        }
    }

    private void ask() {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        try {
            client.connect(listener.getLocalSocketAddress());
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            byte[] response = new byte[RESPONSE.length];
            long due = clock.nanoTime();
            while (running) {
                waiter.awaitUntil(due);
                long sent = clock.nanoTime();
                out.write(request);
                in.readFully(response);
                long roundTrip = clock.nanoTime() - sent;
                roundTrips.recordValue(roundTrip);
                sumNanos += roundTrip;
                if (sent - startNanos >= 0 && sent - startNanos < durationNanos) {
                    course.delivered(sent - startNanos, roundTrip);
                }
                due = Math.max(due + periodNanos, clock.nanoTime());
            }
        } catch (IOException e) {
            // closed while waiting: what was measured so far stands
        }
    }

    /** Ends the round trips and returns what was measured. */
    public Distribution stop() throws InterruptedException, IOException {
        close();
        asker.join();
        server.join();
        return new Distribution(roundTrips, sumNanos);
    }

    /** Whether they took the same in the first {@code measuredNanos} of the time that was followed; once it has stopped. */
    public SteadinessVerdict steadiness(long measuredNanos) {
        return Steadiness.of(course, measuredNanos, 0);
    }

    @Override
    public void close() throws IOException {
        running = false;
        asker.interrupt();
        client.close();
        listener.close();
    }
}
