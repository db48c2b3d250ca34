package dev.pushpull.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;

/** A socket that knows how many bytes passed through it. HTTP/1.1 uses it for one exchange at a time. */
final class CountingSocket extends Socket {
    private final CountingSocketFactory factory;
    private final ConnectionTally tally;
    private volatile long lastUsedNanos = System.nanoTime();

    /** Read by {@link #isOver} before anybody wanted it; -1 for nothing. Used by the thread that has the exchange. */
    private int readAhead = -1;

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

    /** Whether the other side has ended it, as far as one can tell: without an end this waits for a millisecond. */
    boolean isOver() {
        try {
            setSoTimeout(1);
            readAhead = readAhead < 0 ? super.getInputStream().read() : readAhead;
            setSoTimeout(0);
            return readAhead < 0;
        } catch (SocketTimeoutException e) {
            return !waitsAgain();
        } catch (IOException e) {
            return true;
        }
    }

    private boolean waitsAgain() {
        try {
            setSoTimeout(0);
            return true;
        } catch (IOException e) {
            return false;
        }
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
                int count = readAhead < 0 || length == 0 ? in.read(bytes, offset, length) : takeAhead(bytes, offset);
                if (count > 0) {
                    tally.received(count);
                    lastUsedNanos = System.nanoTime();
                }
                return count;
            }

            @Override
            public int available() throws IOException {
                return in.available() + (readAhead < 0 ? 0 : 1);
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    private int takeAhead(byte[] bytes, int offset) {
        bytes[offset] = (byte) readAhead;
        readAhead = -1;
        return 1;
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
