package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Scenario.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The effect of TLS and short-lived connections on the books of both sides. */
@Timeout(60)
@Tag("live")
class TransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RoleThreads THREADS = new RoleThreads("test", RoleThreads.PROVIDER);
    private static final long AN_HOUR = 3_600_000_000_000L;
    private static final long FIFTY_MILLIS = 50_000_000L;

    /** DER signatures differ by a few bytes from handshake to handshake. */
    private static final long SIGNATURE_BYTES = 8;

    @Test
    void belowTlsBothSidesCountTheSameAndTheFirstRequestPaysForTheHandshake() {
        try (MeteredHttpServer server = server(new Wire(true, 0, AN_HOUR));
                MeteredHttpClient client = client(new Wire(true, 0, AN_HOUR))) {
            Exchange first = get(client, server, 0);
            Exchange second = get(client, server, 0);
            Exchange third = get(client, server, 0);

            assertThat(client.totals(0).connections()).isEqualTo(1);
            assertThat(first.bytesSent()).isGreaterThan(second.bytesSent() + 200);
            assertThat(first.bytesReceived()).isGreaterThan(second.bytesReceived() + 500);
            assertThat(third.bytesSent()).isEqualTo(second.bytesSent());
            assertThat(third.bytesReceived()).isEqualTo(second.bytesReceived());
            assertThat(client.totals(0).outside()).isEqualTo(new WireTotals.Outside(0, 0));
            assertThat(client.totals(0).bytesSent()).isEqualTo(sum(List.of(first, second, third), true));
            assertThat(client.totals(0).bytesReceived()).isEqualTo(sum(List.of(first, second, third), false));
            assertSameBytes(client, server);
        }
    }

    @Test
    void everyConnectionPaysForAWholeHandshakeAndTakesItsLeaveOutsideOfAnyRequest() {
        Wire wire = new Wire(true, 0, 0);
        try (MeteredHttpServer server = server(wire);
                MeteredHttpClient client = client(wire)) {
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                exchanges.add(get(client, server, 0));
            }
            assertThat(client.totals(0).connections()).isEqualTo(10);
            for (Exchange exchange : exchanges) {
                assertThat(exchange.bytesSent()).isCloseTo(exchanges.get(0).bytesSent(), within(SIGNATURE_BYTES));
                assertThat(exchange.bytesReceived())
                        .isCloseTo(exchanges.get(0).bytesReceived(), within(SIGNATURE_BYTES));
            }
            assertThat(client.totals(0).outside().bytesSent()).isPositive();
            assertThat(client.totals(0).bytesSent())
                    .isEqualTo(sum(exchanges, true) + client.totals(0).outside().bytesSent());
            assertThat(client.totals(0).bytesReceived())
                    .isEqualTo(
                            sum(exchanges, false) + client.totals(0).outside().bytesReceived());
            assertSameBytes(client, server);
        }
    }

    @Test
    void aConnectionThatIsIdleForLongerThanItIsKeptIsNotUsedAgain() {
        Wire wire = new Wire(false, 0, FIFTY_MILLIS);
        try (MeteredHttpServer server = server(wire);
                MeteredHttpClient client = client(wire)) {
            for (int i = 0; i < 5; i++) {
                get(client, server, 0);
                long done = System.nanoTime();
                while (System.nanoTime() - done <= FIFTY_MILLIS) {
                    Thread.onSpinWait();
                }
            }
            assertThat(client.totals(0).connections()).isEqualTo(5);
        }
    }

    @Test
    void theConnectionsOfOneAreNotUsedByAnotherUnlessTheyShare() {
        try (MeteredHttpServer server = server(Wire.LOOPBACK);
                MeteredHttpClient sharing = client(Wire.LOOPBACK);
                MeteredHttpClient apart = client(new Wire(false, 0, AN_HOUR))) {
            for (int owner : new int[] {0, 1, 2, 0, 1, 2}) {
                get(sharing, server, owner);
                get(apart, server, owner);
            }
            assertThat(sharing.totals(0).connections()).isEqualTo(1);
            assertThat(apart.totals(0).connections()).isEqualTo(3);
        }
    }

    @Test
    void nobodyElseTrustsTheCertificate() {
        try (MeteredHttpServer server = server(new Wire(true, 0, AN_HOUR))) {
            Request request = new Request.Builder().url(server.address() + "/").build();
            assertThatExceptionOfType(SSLHandshakeException.class)
                    .isThrownBy(() -> new OkHttpClient().newCall(request).execute());
        }
    }

    /** The server adds up a moment later, and may send closing messages to clients that no longer listen. */
    private static void assertSameBytes(MeteredHttpClient client, MeteredHttpServer server) {
        eventually(
                "all that was sent has been received",
                () -> server.totals().bytesReceived() == client.totals(0).bytesSent());
        eventually("all that was received has been sent", () -> {
            long unheard = server.totals().bytesSent() - client.totals(0).bytesReceived();
            return unheard >= 0 && unheard <= server.totals().outside().bytesSent();
        });
    }

    private static long sum(List<Exchange> exchanges, boolean sent) {
        return exchanges.stream()
                .mapToLong(exchange -> sent ? exchange.bytesSent() : exchange.bytesReceived())
                .sum();
    }

    private static Exchange get(MeteredHttpClient client, MeteredHttpServer server, int owner) {
        Exchange exchange =
                client.execute(new Request.Builder().url(server.address() + "/").build(), owner);
        assertThat(exchange.error()).isEmpty();
        assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
        return exchange;
    }

    private static MeteredHttpServer server(Wire wire) {
        return new MeteredHttpServer(
                "127.0.0.1",
                0,
                THREADS,
                Transport.over(wire),
                exchange -> exchange.getResponseSender().send("x".repeat(1000)));
    }

    private static MeteredHttpClient client(Wire wire) {
        return new MeteredHttpClient(PATIENCE, PATIENCE, 8, Dns.SYSTEM, Transport.over(wire));
    }
}
