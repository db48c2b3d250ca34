package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** With any headers, bodies and secrets, no unsigned message passes and nothing is thrown. */
class SignatureSchemesFuzzTest {
    private static final long NOW = 1_800_000_000L;
    private static final long TOLERANCE = 300;
    private static final String URL = "https://me.example/hooks?a=1";

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static Stream<SignatureScheme> schemes() {
        return SignatureSchemes.names().stream()
                .map(name -> SignatureSchemes.named(name).orElseThrow());
    }

    /** Header lines, an empty line, the body. */
    @FuzzTest
    void onlyWhatWasSignedIsGenuine(byte[] data) {
        int body = 0;
        Map<String, String> headers = new HashMap<>();
        while (body < data.length) {
            int end = body;
            while (end < data.length && data[end] != '\n') {
                end++;
            }
            String line = new String(data, body, end - body, StandardCharsets.ISO_8859_1);
            body = end + 1;
            if (line.isEmpty()) {
                break;
            }
            int colon = Math.max(0, line.indexOf(':'));
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] bytes = Arrays.copyOfRange(data, Math.min(body, data.length), data.length);
        List<Message.Field> fields = FormFields.of(bytes).orElse(List.of());
        for (Message message : List.of(Message.of(bytes), new Message(bytes, URL, fields))) {
            schemes().forEach(scheme -> check(scheme, headers, message));
        }
    }

    private static void check(SignatureScheme scheme, Map<String, String> headers, Message message) {
        String id = scheme.deliveryId(headers::get, message.body());
        assertThat(id == null || !id.isBlank()).isTrue();
        scheme.challenge(message.body());
        if (scheme.verify(SECRET, headers::get, message, NOW, TOLERANCE) == Verdict.GENUINE) {
            String shown = String.join("\n", headers.values());
            boolean signed = false;
            for (long then = NOW - TOLERANCE; then <= NOW + TOLERANCE && !signed; then++) {
                signed = scheme.sign(SECRET, id == null ? "" : id, then, message).values().stream()
                        .allMatch(value -> shown.contains(value) || value.isEmpty());
            }
            assertThat(signed).as(scheme.name() + " believes " + headers).isTrue();
        }
    }

    @FuzzTest
    void aSecretThatIsAcceptedSignsAndVerifies(byte[] data) {
        String secret = new String(data, StandardCharsets.UTF_8);
        byte[] body = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);
        schemes().forEach(scheme -> {
            Message message = Message.of(body, scheme.target(URL, body));
            try {
                scheme.checkSecret(secret);
            } catch (IllegalArgumentException e) {
                Refusals.assertOneLine(e);
                return;
            }
            Map<String, String> headers;
            try {
                headers = scheme.sign(secret, "evt_1", NOW, message);
            } catch (IllegalArgumentException e) {
                Refusals.assertOneLine(e);
                assertThat(secret).contains("whpk_"); // which only verifies
                Map<String, String> foreign = Map.of(
                        "webhook-id",
                        "evt_1",
                        "webhook-timestamp",
                        Long.toString(NOW),
                        "webhook-signature",
                        "v1a," + "A".repeat(86) + "==");
                scheme.verify(secret, foreign::get, message, NOW, TOLERANCE);
                return;
            }
            Map<String, String> lowerCase = VectorsTest.lowerCase(headers);
            assertThat(scheme.verify(secret, lowerCase::get, message, NOW, TOLERANCE))
                    .as(scheme.name())
                    .isEqualTo(Verdict.GENUINE);
        });
    }

    @FuzzTest
    void aFormIsReadAsItIsWritten(byte[] data) {
        FormFields.of(data).ifPresent(fields -> {
            byte[] written = TwilioFormsTest.encoded(fields);
            assertThat(FormFields.of(written)).hasValue(fields);
        });
    }

    @FuzzTest
    void aNameInABodyIsTextThatIsNotBlank(byte[] data) {
        for (String[] fields : new String[][] {{"id"}, {"event_id", "id"}, {"type"}}) {
            String found = BodyIds.first(data, fields);
            assertThat(found == null || !found.isBlank()).isTrue();
        }
    }
}
