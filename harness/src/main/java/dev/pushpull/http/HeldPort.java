package dev.pushpull.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * Keeps a port on which nobody listens from being given to somebody else meanwhile. Connections to it are refused.
 * Otherwise the system might use it for the client's own end of a connection, even of one to this very port.
 */
public final class HeldPort implements AutoCloseable {
    private final SocketChannel socket;

    private HeldPort(SocketChannel socket) {
        this.socket = socket;
    }

    /** Holds it if the system lets us. */
    public static HeldPort at(InetSocketAddress address) {
        SocketChannel socket = null;
        try {
            socket = SocketChannel.open();
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(address);
        } catch (IOException e) {
            // the port stays free
        }
        return new HeldPort(socket);
    }

    /**
     * Which port it is.
     *
     * @throws IOException when the system did not let us hold one
     */
    public int port() throws IOException {
        if (socket == null) {
            throw new IOException("no free port could be held");
        }
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is closed either way
        }
    }
}
