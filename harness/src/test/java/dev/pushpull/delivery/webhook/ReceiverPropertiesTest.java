package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes, only what is genuine passes, nothing escapes as an exception, and the receiver goes on. */
class ReceiverPropertiesTest {
    private static final Logger LIBRARIES = Logger.getLogger("io.undertow");
    private static final List<String> TROUBLES = new ArrayList<>();
    private static final Handler LISTENER = new Handler() {
        @Override
        public void publish(LogRecord said) {
            if (said.getLevel().intValue() >= Level.SEVERE.intValue()) {
                synchronized (TROUBLES) {
                    TROUBLES.add(said.getMessage() + " " + said.getThrown());
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private static Endpoint endpoint;
    private static int number;
    private static int tries;

    @BeforeContainer
    static void open() {
        endpoint = new Endpoint(100_000);
        LIBRARIES.addHandler(LISTENER);
    }

    @AfterContainer
    static void close() {
        LIBRARIES.removeHandler(LISTENER);
        endpoint.close();
    }

    /** What somebody might send. */
    record Sent(String method, String path, List<String> headers, byte[] body, String framing) {
        byte[] bytes() {
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: me\r\n");
            headers.forEach(header -> head.append(header).append("\r\n"));
            head.append(framing).append("\r\n\r\n");
            byte[] lines = head.toString().getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = new byte[lines.length + body.length];
            System.arraycopy(lines, 0, all, 0, lines.length);
            System.arraycopy(body, 0, all, lines.length, body.length);
            return all;
        }
    }

    @Provide
    Arbitrary<Sent> sent() {
        Arbitrary<String> value =
                Arbitraries.strings().withCharRange(' ', '\u00ff').ofMaxLength(80);
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of(
                        "webhook-id",
                        "webhook-timestamp",
                        "webhook-signature",
                        "Content-Type",
                        "Content-Encoding",
                        "Expect",
                        "Cookie"),
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(20));
        Arbitrary<String> header = Combinators.combine(name, value).as((one, other) -> one + ": " + other);
        Arbitrary<byte[]> body = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
                Arbitraries.integers().between(0, 3 * Endpoint.MAX_BODY_BYTES).map(byte[]::new));
        Arbitrary<String> framing = Arbitraries.of(
                "Content-Length: 0",
                "Content-Length: 10",
                "Content-Length: 1000000",
                "Content-Length: -1",
                "Content-Length: many",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Connection: close");
        return Combinators.combine(
                        Arbitraries.of("POST", "GET", "PUT", "post", "OPTIONS", "PRI", "X"),
                        Arbitraries.of(
                                "/webhooks/0",
                                "/webhooks/99999999999",
                                "/api/webhooks/stripe-payment",
                                "/webhooks/%00",
                                "/../etc/passwd",
                                "*",
                                "http://other/webhooks/0"),
                        header.list().ofMaxSize(6),
                        body,
                        framing)
                .as(Sent::new);
    }

    @Property(tries = 400)
    void nothingArbitraryPasses(@ForAll("sent") Sent sent) throws IOException {
        try (RawClient client = endpoint.connect()) {
            try {
                client.send(sent.bytes());
            } catch (IOException e) {
                // it hung up on what it does not want to read to the end
            }
        }
        assertThat(endpoint.inbox.unprocessed()).isZero();
        assertThat(endpoint.receiver.acknowledged()).isEqualTo(number);
        if (++tries % 20 == 0) {
            aGenuineWebhookPasses();
        }
        synchronized (TROUBLES) {
            assertThat(TROUBLES).isEmpty();
        }
    }

    private static void aGenuineWebhookPasses() throws IOException {
        try (RawClient client = endpoint.connect()) {
            String id = "evt_" + number++;
            assertThat(Endpoint.send(client, 0, id, "{}").status()).isEqualTo(200);
        }
        assertThat(endpoint.processAll()).containsExactly("{}");
    }

    @Property(tries = 200)
    void aGenuineBodyPassesWhateverItsBytes(@ForAll("bodies") String body) throws IOException {
        try (RawClient client = endpoint.connect()) {
            String id = "evt_" + number++;
            assertThat(Endpoint.send(client, 0, id, body).status()).isEqualTo(200);
        }
        assertThat(endpoint.processAll()).containsExactly(body);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(2000);
    }
}
