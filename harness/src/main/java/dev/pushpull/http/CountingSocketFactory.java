package dev.pushpull.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** Client sockets that count their bytes, including headers, each alone and all together. */
final class CountingSocketFactory extends SocketFactory {
    private final SocketBytes bytes = new SocketBytes();

    /** Open sockets by local port, which a TLS socket above shares. */
    private final Map<Integer, CountingSocket> open = new ConcurrentHashMap<>();

    /**
     * What passed through all its sockets so far; connections on which an exchange broke are listed, the first few
     * thousand.
     *
     * @param requests sent, as the caller counts them
     */
    WireTotals totals(long requests) {
        return bytes.totals(requests);
    }

    /** Connections that were established. */
    long connected() {
        return bytes.connections();
    }

    /** The counting socket that is this one, or lies below it. */
    CountingSocket below(Socket socket) {
        return socket instanceof CountingSocket counting ? counting : open.get(socket.getLocalPort());
    }

    /** Wraps a socket of any kind so that it counts here. */
    ConnectionTally tally() {
        return new ConnectionTally(bytes);
    }

    void opened(CountingSocket socket) {
        open.put(socket.getLocalPort(), socket);
    }

    void closes(CountingSocket socket) {
        open.remove(socket.getLocalPort(), socket);
    }

    @Override
    public CountingSocket createSocket() {
        return new CountingSocket(this);
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
        CountingSocket socket = createSocket();
        try {
            socket.connect(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
