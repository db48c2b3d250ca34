package dev.pushpull.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The socket of one connection. One thread dials, adds TLS, reads and closes it in order; any other thread may break it
 * off at any time, even while dialing, without waiting.
 */
final class DialedSocket {
    private final CountingSocketFactory sockets;

    /** Null until the first address is tried. */
    private volatile NonBlockingSocket raw;

    private volatile boolean brokenOff;

    /** With TLS if wanted; for the dialing thread only, since closing it may take locks of TLS. */
    private Socket socket;

    DialedSocket(CountingSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** Tries the addresses in turn; each gets its share of the time left. */
    void connect(List<InetAddress> addresses, int port, long untilNanos) throws IOException {
        for (int i = 0; ; i++) {
            raw = new NonBlockingSocket(sockets.tally());
            try {
                if (brokenOff) {
                    throw new SocketException("broken off");
                }
                long shareNanos = (untilNanos - System.nanoTime()) / (addresses.size() - i);
                raw.connect(new InetSocketAddress(addresses.get(i), port), shareNanos);
                socket = raw;
                return;
            } catch (IOException e) {
                closeNow();
                if (brokenOff || i == addresses.size() - 1) {
                    throw e;
                }
            }
        }
    }

    /** Adds TLS to the open connection, with this host's certificate for the peer. */
    void secure(SSLSocketFactory tls, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(raw, host, port, true);
        socket = secured;
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
    }

    /** As {@link ConnectionTally#begin}, once connected. */
    ExchangeTally beginExchange() {
        return raw.beginExchange();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Whether the system has taken all that was written. */
    boolean allSent() {
        return raw.allSent();
    }

    /** As {@link NonBlockingSocket#leave}, once connected. */
    void askToLeave() {
        raw.leave();
    }

    /** Closes it, now or as soon as an address is tried; false when none was tried yet. */
    boolean breakOff() {
        brokenOff = true;
        if (raw == null) {
            return false;
        }
        closeNow();
        return true;
    }

    boolean brokenOff() {
        return brokenOff;
    }

    /** On the dialing thread: closes TLS in order, which notifies the peer but does not wait for it. */
    void takeLeave() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException | RuntimeException e) {
            // closed anyway
        } finally {
            closeNow();
        }
    }

    /** Closes without notifying the peer. */
    void closeNow() {
        try {
            if (raw != null) {
                raw.close();
            }
        } catch (IOException e) {
            // closed anyway
        }
    }
}
