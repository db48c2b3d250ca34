package dev.pushpull.delivery;

import dev.pushpull.measure.MeteredHttpClient;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.measure.MeteredHttpServer;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.measure.RunCertificate;
import dev.pushpull.measure.Transport;
import dev.pushpull.scenario.Scenario.Wire;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.Request;

/** What TLS adds to the bytes of HTTP. TCP's own packets are not counted anywhere here. */
public final class TlsBytes {
    /** A record's: header 5, authentication 16, content type 1, and 16 zeros with which the JDK pads it. */
    static final int RECORD = 38;

    /** The most in a record that a server sends, and in one that our client sends. */
    static final int SERVER_RECORD_HOLDS = 16 << 10;

    private static final int CLIENT_RECORD_HOLDS = 8 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a new connection costs in bytes. */
    record Handshake(long fromClient, long fromServer) {
        static final Handshake NONE = new Handshake(0, 0);

        long both() {
            return fromClient + fromServer;
        }
    }

    private TlsBytes() {}

    /** A request of so many bytes, encrypted where the wire is. */
    static double request(Wire wire, double bytes) {
        if (!wire.tls()) {
            return bytes;
        }
        double records = bytes <= CLIENT_RECORD_HOLDS ? 1 : 1 + Math.ceil(bytes / CLIENT_RECORD_HOLDS);
        return bytes + RECORD * records;
    }

    /** An answer of so many bytes or what is the first of it, encrypted where the wire is. */
    static double answer(Wire wire, double bytes) {
        return wire.tls() ? bytes + RECORD * Math.max(1, Math.ceil(bytes / SERVER_RECORD_HOLDS)) : bytes;
    }

    /** A further part of an answer that may need many records. */
    static double part(Wire wire, double bytes) {
        return wire.tls() ? bytes * (1 + (double) RECORD / SERVER_RECORD_HOLDS) : bytes;
    }

    /** Bytes of a connection that a consumer opens, both ways. */
    public static double toProvider(Wire wire) {
        return ofPolls(wire).both();
    }

    /** Bytes of a connection that the provider opens, both ways. */
    public static double toReceiver(Wire wire) {
        return ofWebhooks(wire).both();
    }

    /** Of a new connection to the provider. */
    static Handshake ofPolls(Wire wire) {
        return wire.tls() ? Measured.TO_AN_ADDRESS : Handshake.NONE;
    }

    /** Of a new connection to a receiver. */
    static Handshake ofWebhooks(Wire wire) {
        return wire.tls() ? Measured.TO_A_NAME : Handshake.NONE;
    }

    /** Measured over loopback when first needed, since every JDK says something else. */
    private static final class Measured {
        private static final Handshake TO_AN_ADDRESS = measured("127.0.0.1");
        private static final Handshake TO_A_NAME = measured("c0." + RunCertificate.RECEIVER_DOMAIN);

        private static Handshake measured(String host) {
            Transport transport = Transport.over(new Wire(true, 0, Wire.AS_USUAL));
            RoleThreads threads = new RoleThreads("handshake", RoleThreads.HARNESS);
            try (MeteredHttpServer server =
                            new MeteredHttpServer("127.0.0.1", 0, threads, transport, HttpServerExchange::endExchange);
                    MeteredHttpClient client = new MeteredHttpClient(
                            PATIENCE, PATIENCE, 1, name -> List.of(InetAddress.getLoopbackAddress()), transport)) {
                URI address = server.address();
                Request request = new Request.Builder()
                        .url("https://" + host + ":" + address.getPort() + "/")
                        .build();
                Exchange first = client.execute(request);
                Exchange second = client.execute(request);
                if (!second.successful()) {
                    throw new IllegalStateException("no handshake could be measured: " + second.error());
                }
                return new Handshake(
                        first.bytesSent() - second.bytesSent(), first.bytesReceived() - second.bytesReceived());
            }
        }
    }
}
