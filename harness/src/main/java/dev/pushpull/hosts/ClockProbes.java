package dev.pushpull.hosts;

import dev.pushpull.host.FarClock;
import dev.pushpull.host.NanoClock;
import dev.pushpull.hosts.ClockCorridor.Sample;
import dev.pushpull.scenario.Failures;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Compares this host's clock with another's all the time, over a connection to its {@link ClockServer}. */
public final class ClockProbes implements FarClock, AutoCloseable {
    private static final long EVERY_MILLIS = 50;
    private static final int PATIENCE_MILLIS = 1_000;

    /** So many samples tell enough to begin. */
    private static final int ENOUGH = 20;

    private static final long BEGINNING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final InetSocketAddress server;
    private final NanoClock clock;
    private final ClockHistory history = new ClockHistory();
    private final Thread thread;
    private volatile long heardNanos;
    private volatile String trouble = "";
    private volatile boolean closed;

    public ClockProbes(InetSocketAddress server, NanoClock clock) {
        this.server = server;
        this.clock = clock;
        this.heardNanos = clock.nanoTime();
        this.thread = new Thread(this::probe, "clock of another host");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Connects once, and asks once.
     *
     * @throws IOException when that host cannot be reached there
     */
    public static void reach(InetSocketAddress server) throws IOException {
        try (Socket socket = connected(server)) {
            sample(socket, NanoClock.SYSTEM);
        }
    }

    private static Socket connected(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Sample sample(Socket socket, NanoClock clock) throws IOException {
        DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        long sentNanos = clock.nanoTime();
        out.writeLong(sentNanos);
        out.flush();
        if (in.readLong() != sentNanos) {
            throw new IOException("that is no clock of ours");
        }
        long receivedNanos = in.readLong();
        long answeredNanos = in.readLong();
        return new Sample(sentNanos, receivedNanos, answeredNanos, clock.nanoTime());
    }

    private void probe() {
        while (!closed) {
            try (Socket socket = connected(server)) {
                while (!closed) {
                    history.add(sample(socket, clock));
                    heardNanos = clock.nanoTime();
                    TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                }
            } catch (IOException e) {
                trouble = Failures.sentence(e);
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until enough is known to begin.
     *
     * @throws IOException when the other clock cannot be reached
     */
    public void begin() throws IOException, InterruptedException {
        long untilNanos = clock.nanoTime() + BEGINNING_NANOS;
        while (history.count() < ENOUGH) {
            if (clock.nanoTime() > untilNanos) {
                throw new IOException("the clock at %s:%d cannot be bounded: %s"
                        .formatted(
                                server.getHostString(),
                                server.getPort(),
                                trouble.isEmpty() ? "it answers too slowly" : trouble));
            }
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
    }

    @Override
    public long hereNanos(long thereNanos) {
        return thereNanos - history.offsetNanos();
    }

    /** For how long that clock has not been heard. */
    public long unheardNanos() {
        return clock.nanoTime() - heardNanos;
    }

    /** How the clocks compared between two times of this one. */
    public ClockComparison between(long fromNanos, long toNanos) {
        return history.between(fromNanos, toNanos);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
