package dev.pushpull.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/** Client sockets that count their bytes, headers and all, one by one and together. */
public final class CountingSocketFactory extends SocketFactory {
    /** A source that serves for months has more broken connections than anybody needs to know one by one. */
    private static final int MOST_BROKEN = 10_000;

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sentOutside = new LongAdder();
    private final LongAdder receivedOutside = new LongAdder();
    private final AtomicLong connected = new AtomicLong();
    private final Set<Tallies> broken = ConcurrentHashMap.newKeySet();

    /** Those that are open, by their local port, which a socket with TLS above them shares. */
    private final Map<Integer, CountingSocket> open = new ConcurrentHashMap<>();

    /**
     * What went through all its sockets so far; one by one the connections on which an exchange broke, the first some
     * thousand.
     *
     * @param requests that were sent, as the caller counts them
     */
    public WireTotals totals(long requests) {
        return new WireTotals(
                requests,
                sent.sum(),
                received.sum(),
                connected.get(),
                new WireTotals.Outside(sentOutside.sum(), receivedOutside.sum()),
                broken.stream()
                        .collect(Collectors.groupingBy(
                                tallies -> tallies.port, Collectors.mapping(Tallies::carried, Collectors.toList()))));
    }

    /** Connections that were established. */
    long connected() {
        return connected.get();
    }

    /** The counting socket that is or lies below this one. */
    CountingSocket below(Socket socket) {
        return socket instanceof CountingSocket counting ? counting : open.get(socket.getLocalPort());
    }

    @Override
    public CountingSocket createSocket() {
        return new CountingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connectedSocket(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("no local addresses are chosen here");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connectedSocket(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("no local addresses are chosen here");
    }

    private Socket connectedSocket(SocketAddress address) throws IOException {
        CountingSocket socket = new CountingSocket();
        try {
            socket.connect(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** The bytes that went through a socket during one exchange; the first one's include TLS's handshake. */
    public final class Tally {
        private long sent;
        private long received;
        private final Tallies socket;
        private boolean over;

        private Tally(Tallies socket) {
            this.socket = socket;
        }

        private synchronized void sent(int bytes) {
            CountingSocketFactory.this.sent.add(bytes);
            socket.sent.add(bytes);
            if (over) {
                sentOutside.add(bytes);
            } else {
                sent += bytes;
            }
        }

        private synchronized void received(int bytes) {
            CountingSocketFactory.this.received.add(bytes);
            socket.received.add(bytes);
            if (over) {
                receivedOutside.add(bytes);
            } else {
                received += bytes;
            }
        }

        /** No exchange ever used the connection. */
        private synchronized void discard() {
            sentOutside.add(sent);
            receivedOutside.add(received);
            end();
        }

        /** The exchange is over: its bytes stay what they are. */
        public synchronized void end() {
            over = true;
        }

        /** The exchange is over without an answer: what of it got lost, and what of the answer, nobody here can tell. */
        public void broke() {
            end();
            if (broken.size() < MOST_BROKEN) {
                broken.add(socket);
            }
        }

        /** Bytes sent so far. */
        public synchronized long bytesSent() {
            return sent;
        }

        /** Bytes received so far. */
        public synchronized long bytesReceived() {
            return received;
        }
    }

    /** The tallies of one socket's exchanges, one after another. */
    final class Tallies {
        private final LongAdder sent = new LongAdder();
        private final LongAdder received = new LongAdder();
        private volatile int port;
        private volatile long exchanges;
        private volatile Tally now = new Tally(this);
        private volatile boolean used;

        private Tallies() {}

        /**
         * Begins an exchange: what goes through from now on is on its tally, until it ends; on the first one's, all there
         * was. So an exchange that is over can be asked for its bytes while the socket is already used by another.
         */
        Tally begin() {
            if (used) {
                now = new Tally(this);
            }
            used = true;
            exchanges++; // one at a time
            return now;
        }

        void connected(int localPort) {
            port = localPort;
            connected.incrementAndGet();
        }

        private Carried carried() {
            return new Carried(sent.sum(), received.sum(), exchanges, 0);
        }

        void sent(int bytes) {
            now.sent(bytes);
        }

        void received(int bytes) {
            now.received(bytes);
        }

        /** The socket is closed. */
        void close() {
            if (!used) {
                used = true;
                now.discard();
            }
        }
    }

    /** For a socket of another kind that is to count here. */
    Tallies tallies() {
        return new Tallies();
    }

    /** A socket that knows how many bytes went through it. HTTP/1.1 uses it for one exchange at a time. */
    public final class CountingSocket extends Socket {
        private final Tallies tallies = new Tallies();
        private volatile long lastUsedNanos = System.nanoTime();

        CountingSocket() {}

        /** As {@link Tallies#begin}. */
        public Tally beginExchange() {
            return tallies.begin();
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            super.connect(endpoint, timeoutMillis);
            tallies.connected(getLocalPort());
            open.put(getLocalPort(), this);
        }

        @Override
        public void close() throws IOException {
            if (isConnected()) {
                open.remove(getLocalPort(), this);
            }
            tallies.close();
            super.close();
        }

        /** Whether any exchange has begun on it. */
        boolean used() {
            return tallies.used;
        }

        /** How long ago the last byte went through. */
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
                        tallies.received(count);
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
                    tallies.sent(length);
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
}
