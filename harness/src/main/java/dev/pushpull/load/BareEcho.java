package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Measures how fast the machine is at what requests consist of: bytes go back and forth over loopback sockets between two
 * busy threads, without HTTP or any other code of ours. The rate is the median over pieces of ten milliseconds, so that a
 * stall does not lower it.
 */
public final class BareEcho implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int BYTES = 64;
    private static final long PIECE_NANOS = 10_000_000;

    private final NanoClock clock;
    private final Selector asking = Selector.open();
    private final Selector echoing = Selector.open();
    private final ByteBuffer question = ByteBuffer.allocateDirect(BYTES);
    private final Thread echo = new Thread(this::echo, "echo");
    private volatile boolean running = true;

    public BareEcho(NanoClock clock) throws IOException {
        this.clock = clock;
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS);
            for (int number = 0; number < CONNECTIONS; number++) {
                SocketChannel asks = SocketChannel.open(server.getLocalAddress());
                register(asks, asking);
                register(server.accept(), echoing);
            }
        }
        echo.setDaemon(true);
        echo.start();
    }

    private static void register(SocketChannel channel, Selector selector) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(BYTES));
    }

    private void echo() {
        try {
            while (running) {
                echoing.select(key -> {
                    ByteBuffer buffer = (ByteBuffer) key.attachment();
                    if (whole(key, buffer)) {
                        write(key, buffer.flip());
                        buffer.clear();
                    }
                });
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            running = false; // the other side notices at its timeout
        }
    }

    /** Whether a whole message is in the buffer now. */
    private static boolean whole(SelectionKey key, ByteBuffer buffer) {
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                throw new IOException("the echo's connection was closed");
            }
            return !buffer.hasRemaining();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A message is less than any socket's buffer. */
    private static void write(SelectionKey key, ByteBuffer message) {
        try {
            ((SocketChannel) key.channel()).write(message);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Echoes a second, measured for this long. */
    public double perSecond(long nanos) throws IOException {
        int pieces = (int) Math.max(1, nanos / PIECE_NANOS);
        long[] count = new long[pieces];
        long start = clock.nanoTime();
        long deadline = start + 10 * nanos + 1_000_000_000L;
        int[] underWay = {CONNECTIONS};
        asking.keys().forEach(key -> write(key, question.duplicate()));
        while (underWay[0] > 0) {
            asking.select(
                    key -> {
                        ByteBuffer buffer = (ByteBuffer) key.attachment();
                        if (whole(key, buffer)) {
                            buffer.clear();
                            long piece = (clock.nanoTime() - start) / PIECE_NANOS;
                            if (piece < pieces) {
                                count[(int) piece]++;
                                write(key, question.duplicate());
                            } else {
                                underWay[0]--;
                            }
                        }
                    },
                    1000);
            if (clock.nanoTime() - deadline > 0) {
                throw new IOException("the reference does not answer");
            }
        }
        Arrays.sort(count);
        return (count[(pieces - 1) / 2] + count[pieces / 2]) / 2.0 * 1e9 / PIECE_NANOS;
    }

    @Override
    public void close() throws IOException {
        running = false;
        for (Selector selector : new Selector[] {asking, echoing}) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
