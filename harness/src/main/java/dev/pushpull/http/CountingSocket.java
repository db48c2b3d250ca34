package dev.pushpull.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that knows how many bytes passed through it. HTTP/1.1 uses it for one exchange at a time. */
final class CountingSocket extends Socket {
    private final CountingSocketFactory factory;
    private final ConnectionTally tally;
    private volatile long lastUsedNanos = System.nanoTime();

    CountingSocket(CountingSocketFactory factory) {
        this.factory = factory;
        this.tally = factory.tally();
    }

    /** As {@link ConnectionTally#begin}. */
    ExchangeTally beginExchange() {
        return tally.begin();
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        super.connect(endpoint, timeoutMillis);
        tally.connected(getLocalPort());
        factory.opened(this);
    }

    @Override
    public void close() throws IOException {
        if (isConnected()) {
            factory.closes(this);
        }
        tally.close();
        super.close();
    }

    /** Whether any exchange has begun on it. */
    boolean used() {
        return tally.used();
    }

    /** How long ago the last byte passed. */
    long idleNanos() {
        return System.nanoTime() - lastUsedNanos;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = super.getInputStream();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    tally.received(count);
                    lastUsedNanos = System.nanoTime();
                }
                return count;
            }

            @Override
            public int available() throws IOException {
                return in.available();
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                tally.sent(length);
                lastUsedNanos = System.nanoTime();
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }
}
