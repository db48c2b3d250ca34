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
 * The socket of one connection: one thread dials, lays TLS over it, reads and takes leave; any other may break it off at
 * any time, be it still dialed, without waiting for anybody.
 */
final class DialedSocket {
    private final CountingSocketFactory sockets;

    /** Null until an address is tried. */
    private volatile NonBlockingSocket raw;

    private volatile boolean brokenOff;

    /** With TLS where it is wanted; of the dialing thread alone, for closing it may take locks of TLS. */
    private Socket socket;

    DialedSocket(CountingSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** Tries the addresses in turn; each may take its share of the time that is left. */
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

    /** Encrypts what stands, with a peer whose certificate is this host's. */
    void secure(SSLSocketFactory tls, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(raw, host, port, true);
        socket = secured;
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
    }

    /** As {@link ConnectionTally#begin}, of what is connected. */
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

    /** As {@link NonBlockingSocket#leave}, of what is connected. */
    void askToLeave() {
        raw.leave();
    }

    /** Closes it, now or as soon as an address is tried; false when none was yet. */
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

    /** On the dialing thread: closes it as TLS wants it, which says so to the peer but does not wait for the peer. */
    void takeLeave() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException | RuntimeException e) {
            // closed all the same
        } finally {
            closeNow();
        }
    }

    /** Without taking leave. */
    void closeNow() {
        try {
            if (raw != null) {
                raw.close();
            }
        } catch (IOException e) {
            // closed all the same
        }
    }
}
