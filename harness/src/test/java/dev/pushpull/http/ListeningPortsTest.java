package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import okhttp3.Dns;
import okhttp3.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class ListeningPortsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static MeteredHttpServer server() {
        return new MeteredHttpServer(
                "127.0.0.1", 0, new RoleThreads("test", RoleThreads.PROVIDER), exchange -> exchange.endExchange());
    }

    private static Exchange get(MeteredHttpClient client, URI address) {
        return client.execute(new Request.Builder().url(address.toString()).build());
    }

    @Test
    void aPortThatIsShutRefusesConnectionsAndTakesThemAgainWhenItIsOpened() throws Exception {
        try (MeteredHttpServer server = server();
                MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, 4, Dns.SYSTEM)) {
            URI address = server.address();
            assertThat(get(client, address).status()).isEqualTo(200);
            for (int time = 0; time < 3; time++) {
                server.listening().shut(0);
                eventually("nobody is there", () -> get(client, address).ending() == Ending.REFUSED);
                assertThat(get(client, address).ending()).isEqualTo(Ending.REFUSED);
                server.listening().reopen(0);
                assertThat(server.address()).isEqualTo(address);
                assertThat(get(client, address).status()).isEqualTo(200);
            }
            assertThat(server.totals().requests()).isEqualTo(4);
            assertThat(server.totals().byClientPort()).hasSize(4);
        }
    }

    @Test
    void whoeverIsConnectedIsDropped() throws IOException {
        try (MeteredHttpServer server = server();
                Socket idle = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
            InputStream in = idle.getInputStream();
            idle.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes());
            assertThat(in.read()).isEqualTo('H');
            server.listening().shut(0);
            while (in.read() >= 0) {
                // the rest of the answer, and then the end
            }
        }
    }

    @Test
    void onePortMayBeShutWhileAnotherIsOpen() throws Exception {
        try (MeteredHttpServer server = server();
                MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, 4, Dns.SYSTEM)) {
            server.listening().addOne();
            URI other = server.listening().address(1);
            assertThat(other).isNotEqualTo(server.address());
            server.listening().shut(0);
            eventually("nobody is there", () -> get(client, server.address()).ending() == Ending.REFUSED);
            assertThat(get(client, other).status()).isEqualTo(200);
        }
    }
}
