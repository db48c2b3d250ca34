package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.app_backend.SlackSignature;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import com.twilio.security.RequestValidator;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.testing.Draws;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The vendors' own SDKs accept what we sign, and we accept what they sign; with one bit altered anywhere, both refuse.
 */
class VendorSdksTest {
    private static final long TOLERANCE = 300;
    private static final long NOW = System.currentTimeMillis() / 1000; // Stripe's SDK reads the clock itself

    private static String secret(Draws draws) {
        return draws.text('!', '~', 1, 64);
    }

    /**
     * Text without lone surrogates, which UTF-8 lacks; in half of the cases ASCII, in which every bit can be altered.
     */
    private static String body(Draws draws) {
        return draws.text('\0', draws.of('~', '\ud7ff'), 0, 300);
    }

    private static int bit(Draws draws) {
        return draws.number(0, Integer.MAX_VALUE);
    }

    private static SignatureScheme scheme(String name) {
        return SignatureSchemes.named(name).orElseThrow();
    }

    private static Message message(String body) {
        return Message.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String flipped(String text, int bit) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int at = Math.floorMod(bit, bytes.length * 7);
        bytes[at / 7] ^= (byte) (1 << at % 7); // stays ASCII
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static boolean stripeAccepts(String body, String header, String secret) {
        try {
            return Webhook.Signature.verifyHeader(body, header, secret, TOLERANCE);
        } catch (SignatureVerificationException e) {
            return false;
        }
    }

    private static boolean weAccept(String scheme, Map<String, String> headers, Message message, String secret) {
        return scheme(scheme).verify(secret, VectorsTest.lowerCase(headers)::get, message, NOW, TOLERANCE)
                == Verdict.GENUINE;
    }

    @Test
    void stripe() throws Exception {
        Draws.each(300, this::stripe);
    }

    private void stripe(Draws draws) throws Exception {
        String secret = secret(draws);
        String body = body(draws);
        int bit = bit(draws);
        Map<String, String> ours = scheme("stripe").sign(secret, "evt_1", NOW, message(body));
        String header = ours.get("Stripe-Signature");
        assertThat(stripeAccepts(body, header, secret)).isTrue();
        assertThat(weAccept("stripe", ours, message(body), secret)).isTrue();
        String theirs = Webhook.Util.computeHmacSha256(secret, NOW + "." + body);
        assertThat(header).isEqualTo("t=" + NOW + ",v1=" + theirs);

        String signature = header.substring(header.indexOf("v1=") + 3);
        String altered = "t=" + NOW + ",v1=" + flipped(signature, bit);
        assertThat(stripeAccepts(body, altered, secret)).isFalse();
        assertThat(weAccept("stripe", Map.of("Stripe-Signature", altered), message(body), secret))
                .isFalse();
        String other = flipped(secret, bit);
        assertThat(stripeAccepts(body, header, other)).isFalse();
        if (other.chars().allMatch(character -> character > ' ' && character < 127)) { // otherwise it is refused anyway
            assertThat(weAccept("stripe", ours, message(body), other)).isFalse();
        }
        if (!body.isEmpty() && body.chars().allMatch(character -> character < 128)) {
            String changed = flipped(body, bit);
            assertThat(stripeAccepts(changed, header, secret)).isFalse();
            assertThat(weAccept("stripe", ours, message(changed), secret)).isFalse();
        }
    }

    @Test
    void slack() throws Exception {
        Draws.each(300, this::slack);
    }

    private void slack(Draws draws) {
        String secret = secret(draws);
        String body = body(draws);
        int bit = bit(draws);
        Map<String, String> ours = scheme("slack").sign(secret, "Ev1", NOW, message(body));
        SlackSignature.Generator generator = new SlackSignature.Generator(secret);
        String theirs = generator.generate(Long.toString(NOW), body);
        assertThat(ours).containsEntry("X-Slack-Signature", theirs);
        SlackSignature.Verifier verifier = new SlackSignature.Verifier(generator);
        assertThat(verifier.isValid(Long.toString(NOW), body, theirs)).isTrue();
        assertThat(weAccept("slack", ours, message(body), secret)).isTrue();

        String altered = flipped(theirs, bit);
        assertThat(verifier.isValid(Long.toString(NOW), body, altered)).isFalse();
        Map<String, String> forged = new TreeMap<>(ours);
        forged.put("X-Slack-Signature", altered);
        assertThat(weAccept("slack", forged, message(body), secret)).isFalse();
        forged.putAll(ours);
        forged.put("X-Slack-Request-Timestamp", Long.toString(NOW + 1));
        assertThat(verifier.isValid(Long.toString(NOW + 1), body, theirs)).isFalse();
        assertThat(weAccept("slack", forged, message(body), secret)).isFalse();
        assertThat(verifier.isValid(Long.toString(NOW), body + "x", theirs)).isFalse();
        assertThat(weAccept("slack", ours, message(body + "x"), secret)).isFalse();
    }

    @Test
    void twilioForms() throws Exception {
        Draws.each(300, this::twilioForms);
    }

    private void twilioForms(Draws draws) {
        String token = secret(draws);
        String value = body(draws);
        int bit = bit(draws);
        String url = "https://me.example/sms?a=1";
        Map<String, String> fields = Map.of("Body", value, "From", "+1415", "AccountSid", "AC1");
        Message form = new Message(new byte[0], url, fields);
        Map<String, String> ours = scheme("twilio").sign(token, "t1", NOW, form);
        String signature = ours.get("X-Twilio-Signature");
        RequestValidator validator = new RequestValidator(token);
        assertThat(validator.validate(url, fields, signature)).isTrue();
        assertThat(weAccept("twilio", ours, form, token)).isTrue();

        for (String port : new String[] {"https://me.example:443/sms?a=1", url}) {
            assertThat(validator.validate(port, fields, signature)).isTrue();
            assertThat(weAccept("twilio", ours, new Message(new byte[0], port, fields), token))
                    .isTrue();
        }
        String altered = flipped(signature, bit);
        assertThat(validator.validate(url, fields, altered)).isFalse();
        assertThat(weAccept("twilio", Map.of("X-Twilio-Signature", altered), form, token))
                .isFalse();
        Map<String, String> changed = new TreeMap<>(fields);
        changed.put("Body", value + "x");
        assertThat(validator.validate(url, changed, signature)).isFalse();
        assertThat(weAccept("twilio", ours, new Message(new byte[0], url, changed), token))
                .isFalse();
        String elsewhere = flipped("https://me.example/sms?a=1", 8 * 7 + 3);
        assertThat(validator.validate(elsewhere, fields, signature)).isFalse();
        assertThat(weAccept("twilio", ours, new Message(new byte[0], elsewhere, fields), token))
                .isFalse();
    }

    @Test
    void twilioBodies() throws Exception {
        Draws.each(300, this::twilioBodies);
    }

    private void twilioBodies(Draws draws) throws Exception {
        String token = secret(draws);
        String body = body(draws);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String url = scheme("twilio").target("https://me.example/sms", bytes);
        Message message = Message.of(bytes, url);
        Map<String, String> ours = scheme("twilio").sign(token, "t1", NOW, message);
        RequestValidator validator = new RequestValidator(token);
        assertThat(validator.validate(url, body, ours.get("X-Twilio-Signature")))
                .isTrue();
        assertThat(weAccept("twilio", ours, message, token)).isTrue();
        Message changed = Message.of((body + "x").getBytes(StandardCharsets.UTF_8), url);
        assertThat(validator.validate(url, body + "x", ours.get("X-Twilio-Signature")))
                .isFalse();
        assertThat(weAccept("twilio", ours, changed, token)).isFalse();
    }
}
