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

/** What TLS adds to the bytes of HTTP. TCP's own packets are not counted anywhere here. */
public final class TlsBytes {
    /** A record's: header 5, authentication 16, content type 1, and 16 zeros with which the JDK pads it. */
    private static final int RECORD = 38;

    /** The most in a record. */
    private static final int RECORD_HOLDS = 16 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RoleThreads THREADS = new RoleThreads("handshake", RoleThreads.HARNESS);

    /** What a new connection costs in bytes. */
    public record Handshake(long fromClient, long fromServer) {
        static final Handshake NONE = new Handshake(0, 0);

        long both() {
            return fromClient + fromServer;
        }
    }

    private TlsBytes() {}

    /** A message of so many bytes or the beginning of one, encrypted where the wire is. */
    public static double message(Wire wire, double bytes) {
        return wire.tls() ? bytes + RECORD * Math.max(1, Math.ceil(bytes / RECORD_HOLDS)) : bytes;
    }

    /** A further part of an answer that may need many records. */
    public static double part(Wire wire, double bytes) {
        return wire.tls() ? bytes * (1 + (double) RECORD / RECORD_HOLDS) : bytes;
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
    public static Handshake ofPolls(Wire wire) {
        return wire.tls() ? Measured.TO_AN_ADDRESS : Handshake.NONE;
    }

    /** Of a new connection to a receiver. */
    public static Handshake ofWebhooks(Wire wire) {
        return wire.tls() ? Measured.TO_A_NAME : Handshake.NONE;
    }

    /** Measured over loopback when first needed, since every JDK says something else. */
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
