package dev.pushpull.http;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate for this machine, made when the program's first connection needs it, held in memory, and trusted only
 * by the program's own clients. Clients never resume a session: a client that connects after minutes or hours pays for
 * a whole handshake, and every connection costs the same bytes, except a few of the signature.
 */
public final class RunCertificate {
    /** Receivers are {@code cNUMBER} in this domain; every name under {@code localhost} is this machine (RFC 6761). */
    public static final String RECEIVER_DOMAIN = "receiver.localhost";

    private final HandshakeCertificates server;
    private final HandshakeCertificates client;

    private RunCertificate() {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .commonName("pushpull")
                .addSubjectAlternativeName("127.0.0.1")
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("*." + RECEIVER_DOMAIN)
                .build();
        server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        client = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
    }

    /** The certificate of this run. */
    public static RunCertificate ofThisRun() {
        return MadeOnce.CERTIFICATE;
    }

    private static final class MadeOnce {
        private static final RunCertificate CERTIFICATE = new RunCertificate();
    }

    /** For a server. */
    public SSLContext serverContext() {
        return server.sslContext();
    }

    /** For one connection of a client: it remembers no session. */
    public SSLContext clientContext() {
        return client.sslContext();
    }

    /** For a client that asks whom it trusts. */
    public X509TrustManager clientTrust() {
        return client.trustManager();
    }

    /** For a client: lays TLS over sockets, each with a context of its own. */
    public SSLSocketFactory clientSockets() {
        return new Unremembering();
    }

    private final class Unremembering extends SSLSocketFactory {
        private final SSLSocketFactory like = clientContext().getSocketFactory();

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws java.io.IOException {
            return clientContext().getSocketFactory().createSocket(socket, host, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return like.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return like.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("TLS is laid over sockets that count");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("TLS is laid over sockets that count");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("TLS is laid over sockets that count");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException("TLS is laid over sockets that count");
        }
    }
}
