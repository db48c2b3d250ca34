package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.pushpull.signing.SignatureScheme.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's own SDK as an independent oracle. It reads the clock itself, so messages are signed now. */
class StandardWebhooksSdkTest {
    private static final long TOLERANCE = 300;

    private final StandardWebhooks scheme = new StandardWebhooks();
    private final String secret = scheme.newSecret();
    private final long now = System.currentTimeMillis() / 1_000;

    private record Sent(Map<String, String> headers, byte[] body) {}

    private Sent signed(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Sent(new TreeMap<>(scheme.sign(secret, "msg_2b3c", now, Message.of(bytes))), bytes);
    }

    private boolean acceptedByUs(Sent message) {
        return scheme.verify(secret, message.headers()::get, Message.of(message.body()), now, TOLERANCE)
                == Verdict.GENUINE;
    }

    private boolean acceptedBySdk(Sent message) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        message.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        try {
            new Webhook(secret).verify(new String(message.body(), StandardCharsets.UTF_8), headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"text\":\"gr\u00fc\u00dfe \u65e5\u672c \ud83d\ude80\"}", "a.b.c\r\n\u0000"})
    void theSdkAcceptsWhatWeSignAndWeAcceptWhatItSigns(String body) throws Exception {
        Sent ours = signed(body);
        assertThat(acceptedBySdk(ours)).isTrue();

        Sent theirs = new Sent(new TreeMap<>(ours.headers()), ours.body());
        theirs.headers().put("webhook-signature", new Webhook(secret).sign("msg_2b3c", now, body));
        assertThat(acceptedByUs(theirs)).isTrue();
        assertThat(theirs.headers()).isEqualTo(ours.headers());
    }

    @Test
    void randomMessagesAreSignedAlike() throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 500; i++) {
            String anySecret = scheme.newSecret();
            String id = "msg_" + Long.toString(random.nextLong(), 36);
            long timestamp = random.nextLong(4_000_000_000L);
            String body = random.ints(random.nextInt(200), 0, 0xd800)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(scheme.sign(anySecret, id, timestamp, Message.of(body.getBytes(StandardCharsets.UTF_8)))
                            .get("webhook-signature"))
                    .isEqualTo(new Webhook(anySecret).sign(id, timestamp, body));
        }
    }

    @Test
    void oneBitAlteredAnywhereIsRefusedByBoth() throws Exception {
        Sent genuine = signed("{\"amount\":100,\"currency\":\"EUR\"}");
        assertThat(acceptedByUs(genuine)).isTrue();
        assertThat(acceptedBySdk(genuine)).isTrue();

        for (String header : genuine.headers().keySet()) {
            byte[] value = genuine.headers().get(header).getBytes(StandardCharsets.ISO_8859_1);
            for (int bit = 0; bit < 8 * value.length; bit++) {
                Sent altered = new Sent(new TreeMap<>(genuine.headers()), genuine.body());
                altered.headers().put(header, new String(flipped(value, bit), StandardCharsets.ISO_8859_1));
                refusedByBoth(altered, header + " bit " + bit);
            }
        }
        for (int bit = 0; bit < 8 * genuine.body().length; bit++) {
            refusedByBoth(new Sent(genuine.headers(), flipped(genuine.body(), bit)), "body bit " + bit);
        }
    }

    private void refusedByBoth(Sent altered, String what) throws Exception {
        assertThat(acceptedByUs(altered)).as("ours: %s", what).isFalse();
        assertThat(acceptedBySdk(altered)).as("SDK: %s", what).isFalse();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] altered = bytes.clone();
        altered[bit / 8] ^= (byte) (1 << bit % 8);
        return altered;
    }

    @Test
    void severalSignaturesAndUnknownVersionsAreUnderstoodAlike() throws Exception {
        Sent message = signed("{}");
        String genuine = message.headers().get("webhook-signature");
        String foreign = new Webhook(scheme.newSecret()).sign("msg_2b3c", now, "{}");
        for (String header : List.of(
                genuine,
                foreign,
                foreign + " " + genuine,
                "v1a,abc v2,def " + genuine,
                genuine.replace("v1,", "v2,"),
                genuine.replace("v1,", "v1a,"),
                foreign + " " + foreign)) {
            message.headers().put("webhook-signature", header);
            assertThat(acceptedByUs(message)).as(header).isEqualTo(acceptedBySdk(message));
        }
    }
}
