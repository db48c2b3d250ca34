package dev.pushpull.surface;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.DirectHttpClient;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.http.RunCertificate;
import dev.pushpull.http.Transport;
import dev.pushpull.scenario.Scenario.Wire;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What TLS adds to the bytes of HTTP. TCP's own packets are never counted. */
public final class TlsBytes {
    /**
     * The overhead of a record: header 5, authentication 16, content type 1, and 16 zeros with which the JDK pads it.
     */
    private static final int RECORD = 38;

    /** The most that one record holds. */
    private static final int RECORD_HOLDS = 16 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RoleThreads THREADS = new RoleThreads("handshake", RoleThreads.HARNESS);

    /** The bytes that a new connection costs. */
    public record Handshake(long fromClient, long fromServer) {
        static final Handshake NONE = new Handshake(0, 0);

        long both() {
            return fromClient + fromServer;
        }
    }

    private TlsBytes() {}

    /** The size of a message, or of its beginning, encrypted where the wire is. */
    public static double message(Wire wire, double bytes) {
        return wire.tls() ? bytes + RECORD * Math.max(1, Math.ceil(bytes / RECORD_HOLDS)) : bytes;
    }

    /** The size of a further part of an answer, which may need many records. */
    public static double part(Wire wire, double bytes) {
        return wire.tls() ? bytes * (1 + (double) RECORD / RECORD_HOLDS) : bytes;
    }

    /** Bytes both ways for a connection that a consumer opens. */
    public static double toProvider(Wire wire) {
        return ofPolls(wire).both();
    }

    /** Bytes both ways for a connection that the provider opens. */
    public static double toReceiver(Wire wire) {
        return ofWebhooks(wire).both();
    }

    /** Bytes for a new connection to the provider. */
    public static Handshake ofPolls(Wire wire) {
        return wire.tls() ? Measured.TO_AN_ADDRESS : Handshake.NONE;
    }

    /** Bytes for a new connection to a receiver. */
    public static Handshake ofWebhooks(Wire wire) {
        return wire.tls() ? Measured.TO_A_NAME : Handshake.NONE;
    }

    /** Measured over loopback when first needed, since every JDK sends something different. */
    private static final class Measured {
        private static final Transport TRANSPORT = Transport.over(new Wire(true, 0, Wire.AS_USUAL));
        private static final Handshake TO_AN_ADDRESS = measured("127.0.0.1", TlsBytes::polling);
        private static final Handshake TO_A_NAME = measured("c0." + RunCertificate.RECEIVER_DOMAIN, TlsBytes::pushing);

        private static Handshake measured(String host, Function<HttpUrl, List<Exchange>> twice) {
            try (MeteredHttpServer server =
                    new MeteredHttpServer("127.0.0.1", 0, THREADS, TRANSPORT, HttpServerExchange::endExchange)) {
                List<Exchange> exchanges = twice.apply(
                        HttpUrl.get("https://" + host + ":" + server.address().getPort() + "/"));
                Exchange first = exchanges.get(0);
                Exchange second = exchanges.get(1);
                if (!second.successful()) {
                    throw new IllegalStateException("no handshake could be measured: " + second.error());
                }
                return new Handshake(
                        first.bytesSent() - second.bytesSent(), first.bytesReceived() - second.bytesReceived());
            }
        }
    }

    private static List<Exchange> polling(HttpUrl url) {
        try (MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, 1, Dns.SYSTEM, Measured.TRANSPORT)) {
            Request request = new Request.Builder().url(url).build();
            return List.of(client.execute(request), client.execute(request));
        }
    }

    private static List<Exchange> pushing(HttpUrl url) {
        Dns here = name -> List.of(InetAddress.getLoopbackAddress());
        try (DirectHttpClient client = new DirectHttpClient(
                new DirectHttpClient.Settings(PATIENCE, PATIENCE, Measured.TRANSPORT), THREADS, here)) {
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                CompletableFuture<Exchange> over = new CompletableFuture<>();
                client.post(url, Map.of(), new byte[0], over::complete);
                exchanges.add(over.join());
            }
            return exchanges;
        }
    }
}
