package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import io.undertow.Undertow;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import okhttp3.Dns;
import okhttp3.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes are counted at the socket, below TLS. */
@Tag("live")
class TlsCountingTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void anExchangeOverTlsIsAnsweredAndItsBytesAreThoseOfTheSocket() throws Exception {
        Path keys = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "me",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(directory.resolve("keytool.out")))
                .isZero();
        String body = "x".repeat(1000);
        Undertow server = Undertow.builder()
                .addHttpsListener(0, "127.0.0.1", context(keys))
                .setHandler(exchange -> exchange.getResponseSender().send(body))
                .build();
        String before = System.setProperty(TRUST_STORE, keys.toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
        server.start();
        try (MeteredHttpClient client =
                new MeteredHttpClient(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, Dns.SYSTEM)) {
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            Request request =
                    new Request.Builder().url("https://127.0.0.1:" + port + "/").build();
            Exchange first = client.execute(request);
            assertThat(first.error()).isEmpty();
            assertThat(first.ending()).isEqualTo(Ending.ANSWERED);
            assertThat(first.body()).hasSize(body.length());
            long sentBefore = client.totals(0).bytesSent();
            long receivedBefore = client.totals(0).bytesReceived();
            Exchange second = client.execute(request);
            assertThat(second.bytesSent()).isEqualTo(client.totals(0).bytesSent() - sentBefore);
            assertThat(second.bytesReceived())
                    .as("headers, and what TLS adds")
                    .isEqualTo(client.totals(0).bytesReceived() - receivedBefore)
                    .isGreaterThan(body.length());
            assertThat(client.totals(0).bytesReceived()).isGreaterThan(first.bytesReceived());
            assertThat(client.totals(0).connections()).isEqualTo(1);
        } finally {
            server.stop();
            System.clearProperty(TRUST_STORE + "Password");
            if (before == null) {
                System.clearProperty(TRUST_STORE);
            } else {
                System.setProperty(TRUST_STORE, before);
            }
        }
    }

    private static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
