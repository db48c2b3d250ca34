package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.Draws;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes, only genuine messages pass, no exception escapes, and the receiver goes on. */
@Tag("live")
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

    @BeforeAll
    static void open() {
        endpoint = new Endpoint(100_000);
        LIBRARIES.addHandler(LISTENER);
    }

    @AfterAll
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

    private static Sent sent(Draws draws) {
        byte[] body =
                draws.number(0, 1) == 0 ? draws.bytes(200) : new byte[draws.number(0, 3 * Endpoint.MAX_BODY_BYTES)];
        return new Sent(
                draws.of("POST", "POST", "GET", "PUT", "post", "OPTIONS", "PRI", "X"),
                draws.of(
                        "/webhooks/0",
                        "/webhooks/99999999999",
                        "/api/webhooks/stripe-payment",
                        "/webhooks/%00",
                        "/../etc/passwd",
                        "*",
                        "http://other/webhooks/0"),
                draws.list(6, each -> headerName(each) + ": " + each.text(' ', '\u00ff', 0, 80)),
                body,
                draws.of(
                        "Content-Length: 0",
                        "Content-Length: 10",
                        "Content-Length: 1000000",
                        "Content-Length: -1",
                        "Content-Length: many",
                        "Transfer-Encoding: chunked",
                        "Transfer-Encoding: gzip, chunked",
                        "Connection: close"));
    }

    private static String headerName(Draws draws) {
        return draws.of(
                "webhook-id",
                "webhook-timestamp",
                "webhook-signature",
                "Content-Type",
                "Content-Encoding",
                "Expect",
                "Cookie",
                draws.text('!', '~', 1, 20));
    }

    @Test
    void nothingArbitraryPasses() throws Exception {
        Draws.each(400, this::nothingArbitraryPasses);
    }

    private void nothingArbitraryPasses(Draws draws) throws IOException {
        try (RawClient client = endpoint.connect()) {
            try {
                client.send(sent(draws).bytes());
            } catch (IOException e) {
                // it hung up on what it will not read to the end
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

    @Test
    void aGenuineBodyPassesWhateverItsBytes() throws Exception {
        Draws.each(400, this::aGenuineBodyPassesWhateverItsBytes);
    }

    private void aGenuineBodyPassesWhateverItsBytes(Draws draws) throws IOException {
        String body = draws.text('\0', '\ud7ff', 0, 2000);
        try (RawClient client = endpoint.connect()) {
            String id = "evt_" + number++;
            assertThat(Endpoint.send(client, 0, id, body).status()).isEqualTo(200);
        }
        assertThat(endpoint.processAll()).containsExactly(body);
    }
}
