package dev.pushpull.delivery.webhook;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every size and shape, whole and broken off. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class WebhookBodyTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    private Endpoint endpoint;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        endpoint = new Endpoint(100);
        client = endpoint.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, 16 << 10, (16 << 10) + 1, 40_000, Endpoint.MAX_BODY_BYTES})
    void bodiesUpToTheLimitArriveWhole(int bytes) throws IOException {
        String body = body(bytes);
        assertThat(Endpoint.send(client, 0, "whole", body).status()).isEqualTo(200);

        client.send(RawClient.head("POST", Endpoint.path(0), -1, with(Endpoint.signed(0, "chunked", body), CHUNKED)));
        for (int from = 0; from < bytes; from += 5000) {
            client.send(chunk(body.substring(from, Math.min(bytes, from + 5000))));
        }
        client.send(chunk(""));
        assertThat(client.answer().status()).isEqualTo(200);

        assertThat(endpoint.processAll()).containsExactly(body, body);
    }

    @Test
    void theLimitMayBeLargerThanTheServersOwn() throws IOException {
        int mebibytes3 = 3 << 20;
        try (Endpoint roomy = new Endpoint(2, mebibytes3);
                RawClient sender = roomy.connect()) {
            String body = body(mebibytes3);
            assertThat(Endpoint.send(sender, 0, "whole", body).status()).isEqualTo(200);

            sender.send(
                    RawClient.head("POST", Endpoint.path(0), -1, with(Endpoint.signed(0, "piecemeal", body), CHUNKED)));
            sender.send(chunk(body));
            sender.send(chunk(""));
            assertThat(sender.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aLargeBodyMayComeInChunksOfOneByte() throws IOException {
        int bytes = 400_000;
        try (Endpoint roomy = new Endpoint(2, bytes);
                RawClient sender = roomy.connect()) {
            String body = body(bytes);
            sender.send(
                    RawClient.head("POST", Endpoint.path(0), -1, with(Endpoint.signed(0, "bytewise", body), CHUNKED)));
            StringBuilder chunks = new StringBuilder();
            for (int i = 0; i < bytes; i++) {
                chunks.append("1\r\n").append(body.charAt(i)).append("\r\n");
            }
            sender.send(chunks.append("0\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));

            assertThat(sender.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyDeclaredTooLargeIsRefused() throws IOException {
        String body = body(Endpoint.MAX_BODY_BYTES + 1);

        assertThat(Endpoint.send(client, 0, "evt_1", body).status()).isEqualTo(413);

        refusedHarmlessly("too large");
    }

    @Test
    void aBodyDeclaredFarTooLargeIsRefusedBeforeItComes() throws IOException {
        client.send(RawClient.head("POST", Endpoint.path(0), 1L << 40, Endpoint.signed(0, "evt_1", "")));

        assertThat(client.answer().status()).isEqualTo(413);

        refusedHarmlessly("too large");
    }

    @Test
    void aChunkedBodyThatTurnsOutTooLargeIsRefused() throws IOException {
        String body = body(Endpoint.MAX_BODY_BYTES + 1);
        client.send(RawClient.head("POST", Endpoint.path(0), -1, with(Endpoint.signed(0, "evt_1", body), CHUNKED)));
        client.send(chunk(body));
        client.send(chunk(""));

        assertThat(client.answer().status()).isEqualTo(413);

        refusedHarmlessly("too large");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /webhooks/0, Transfer-Encoding: chunked, 413, too large",
        "POST, /webhooks/0, Content-Length: 1099511627776, 413, too large",
        "POST, /webhooks/9, Transfer-Encoding: chunked, 404, no such endpoint",
        "PUT, /webhooks/0, Content-Length: 1099511627776, 405, only POST"
    })
    void anEndlessBodyIsNotReadForever(String method, String path, String length, int status, String reason)
            throws IOException {
        client.send(RawClient.head(method, path, -1, with(Endpoint.signed(0, "evt_1", ""), length)));
        byte[] piece = chunk(body(Endpoint.MAX_BODY_BYTES));
        client.send(piece);
        client.send(piece);
        assertThat(client.answer().status()).isEqualTo(status);

        // the receiver hangs up, so writing fails sooner or later; otherwise 1 GiB would go through
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            for (int i = 0; i < 16 << 10; i++) {
                client.send(piece);
            }
        });

        refusedHarmlessly(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    void aBodyTheClientBreaksOffIsCountedAsCutOff(int bytesSent) throws IOException {
        String body = body(100);
        client.send(RawClient.head("POST", Endpoint.path(0), 100, Endpoint.signed(0, "evt_1", body)));
        client.send(body.substring(0, bytesSent).getBytes(StandardCharsets.UTF_8));
        client.close();

        eventually("it is noticed", () -> endpoint.refused() == 1);
        refusedHarmlessly("cut off");
    }

    @Test
    void aChunkedBodyTheClientBreaksOffIsCountedAsCutOff() throws IOException {
        client.send(RawClient.head("POST", Endpoint.path(0), -1, with(Endpoint.signed(0, "evt_1", "abc"), CHUNKED)));
        client.send(chunk("abc")); // all of the body, but not its end
        client.close();

        eventually("it is noticed", () -> endpoint.refused() == 1);
        refusedHarmlessly("cut off");
    }

    @Test
    void aClientThatStopsSendingHalfwayIsTold() throws IOException {
        client.send(RawClient.head("POST", Endpoint.path(0), 100, Endpoint.signed(0, "evt_1", body(100))));
        client.send(new byte[10]);
        client.finishSending();

        assertThat(client.answer().status()).isEqualTo(400);
        refusedHarmlessly("cut off");
    }

    @Test
    void aBrokenChunkIsRefusedAndHungUpOn() throws IOException {
        client.send(RawClient.head("POST", Endpoint.path(0), -1, with(Endpoint.signed(0, "evt_1", ""), CHUNKED)));
        client.send("zz\r\nwhat\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThatExceptionOfType(IOException.class).isThrownBy(client::answer);
        refusedHarmlessly("cut off");
    }

    @Test
    void aBodyInManySmallPiecesIsAccepted() throws IOException {
        String body = body(500);
        client.send(RawClient.head("POST", Endpoint.path(0), 500, Endpoint.signed(0, "evt_1", body)));
        eventually(
                "the receiver waits for the body",
                () -> endpoint.receiver.totals().requests() == 1);
        for (byte one : body.getBytes(StandardCharsets.UTF_8)) {
            long before = endpoint.receiver.totals().bytesReceived();
            client.send(new byte[] {one});
            eventually("the piece is read", () -> endpoint.receiver.totals().bytesReceived() > before);
        }

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(new String(endpoint.process().body(), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void aSlowSenderHoldsUpNobody() throws IOException {
        String body = body(100);
        client.send(RawClient.head("POST", Endpoint.path(0), 100, Endpoint.signed(0, "slow", body)));
        eventually(
                "the receiver waits for the body",
                () -> endpoint.receiver.totals().requests() == 1);

        try (RawClient quick = endpoint.connect()) {
            assertThat(Endpoint.send(quick, 1, "quick", body).status()).isEqualTo(200);
        }
        client.send(body.getBytes(StandardCharsets.UTF_8));
        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void aSenderThatAsksFirstIsToldToGoOn() throws IOException {
        String body = body(100);
        client.send(RawClient.head(
                "POST", Endpoint.path(0), 100, with(Endpoint.signed(0, "evt_1", body), "Expect: 100-continue")));

        assertThat(client.answer().status()).isEqualTo(100);
        client.send(body.getBytes(StandardCharsets.UTF_8));
        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void aSenderThatAsksFirstIsToldWhenItNeedNotSend() throws IOException {
        client.send(RawClient.head(
                "POST", Endpoint.path(0), 1L << 40, with(Endpoint.signed(0, "evt_1", ""), "Expect: 100-continue")));

        assertThat(client.answer().status()).isEqualTo(413);
        refusedHarmlessly("too large");
    }

    @Test
    void severalRequestsSentAtOnceAreAnsweredInTurn() throws IOException {
        List<Byte> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String body = body(100 + i);
            for (byte one : RawClient.head("POST", Endpoint.path(0), 100 + i, Endpoint.signed(0, "evt_" + i, body))) {
                all.add(one);
            }
            for (byte one : body.getBytes(StandardCharsets.UTF_8)) {
                all.add(one);
            }
        }
        byte[] bytes = new byte[all.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = all.get(i);
        }
        client.send(bytes);

        for (int i = 0; i < 10; i++) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
        assertThat(endpoint.inbox.unprocessed()).isEqualTo(10);
    }

    /** Counted once for this reason, nothing passed on, and a genuine webhook still gets through. */
    private void refusedHarmlessly(String reason) throws IOException {
        eventually("the refusal is counted", () -> !endpoint.receiver.refused().isEmpty());
        assertThat(endpoint.receiver.refused()).isEqualTo(Map.of(reason, 1L));
        assertThat(endpoint.inbox.unprocessed()).isZero();
        try (RawClient other = endpoint.connect()) {
            Answer answer = Endpoint.send(other, 2, "evt_1", "{}");
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(endpoint.receiver.acknowledged()).isEqualTo(1);
    }

    private static String body(int bytes) {
        StringBuilder body = new StringBuilder(bytes);
        for (int i = 0; i < bytes; i++) {
            body.append((char) ('a' + i % 26));
        }
        return body.toString();
    }

    private static byte[] chunk(String data) {
        return (Integer.toHexString(data.length()) + "\r\n" + data + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String[] with(String[] headers, String another) {
        String[] more = Arrays.copyOf(headers, headers.length + 1);
        more[headers.length] = another;
        return more;
    }
}
