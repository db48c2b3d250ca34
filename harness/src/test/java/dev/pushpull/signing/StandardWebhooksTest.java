package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.signing.SignatureScheme.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long NOW = 1_614_265_330;
    private static final long TOLERANCE = 300;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    private final StandardWebhooks scheme = new StandardWebhooks();
    private final Map<String, String> headers = new HashMap<>(scheme.sign(SECRET, ID, NOW, Message.of(BODY)));

    private Verdict verdict() {
        return verdictAt(NOW);
    }

    private Verdict verdictAt(long nowSeconds) {
        return scheme.verify(SECRET, headers::get, Message.of(BODY), nowSeconds, TOLERANCE);
    }

    /** The test vectors of the specification's own libraries. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330"
                        + " | {\"test\": 2432232314} | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD | msg_27UH4WbU6Z5A5EzD8u03UvzRbpk | 1649367553"
                        + " | {\"email\":\"test@example.com\",\"username\":\"test_user\"}"
                        + " | v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
            })
    void theVectorsOfTheSpecificationAreMet(String secret, String id, long timestamp, String body, String signature) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> expected =
                Map.of("webhook-id", id, "webhook-timestamp", Long.toString(timestamp), "webhook-signature", signature);
        assertThat(scheme.sign(secret, id, timestamp, Message.of(bytes))).isEqualTo(expected);
        assertThat(scheme.verify(secret, expected::get, Message.of(bytes), timestamp, 0))
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void theHeadersComeInTheSameOrderInEveryRun() {
        assertThat(scheme.sign(SECRET, ID, NOW, Message.of(BODY)).keySet())
                .containsExactly("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Test
    void aSecretWithoutItsPrefixIsTheSameSecret() {
        assertThat(scheme.sign(SECRET.substring("whsec_".length()), ID, NOW, Message.of(BODY)))
                .isEqualTo(headers);
    }

    @Test
    void signaturesOfTwoHeadersAreOneList() {
        String own = headers.get("webhook-signature");
        headers.put("webhook-signature", own + ", v1,AAAA");
        assertThat(verdict()).isEqualTo(Verdict.GENUINE);
        headers.put("webhook-signature", "v1,AAAA, " + own);
        assertThat(verdict()).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void aKeyIsAPairOfASeedAndItsOwnPublicKey() {
        byte[] pair = Base64.getDecoder()
                .decode("6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==");
        scheme.checkSecret("whsk_" + Base64.getEncoder().encodeToString(pair));
        pair[0] ^= 1;
        assertThatThrownBy(
                        () -> scheme.checkSecret("whsk_" + Base64.getEncoder().encodeToString(pair)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("this is the public key of another");
    }

    @Test
    void whatAnotherSecretSignedIsForged() {
        assertThat(scheme.verify(OTHER_SECRET, headers::get, Message.of(BODY), NOW, TOLERANCE))
                .isEqualTo(Verdict.FORGED);
    }

    @Test
    void aTimestampIsAcceptedUpToTheToleranceAndNoSecondFurther() {
        assertThat(verdictAt(NOW + TOLERANCE)).isEqualTo(Verdict.GENUINE);
        assertThat(verdictAt(NOW + TOLERANCE + 1)).isEqualTo(Verdict.TOO_OLD);
        assertThat(verdictAt(NOW - TOLERANCE)).isEqualTo(Verdict.GENUINE);
        assertThat(verdictAt(NOW - TOLERANCE - 1)).isEqualTo(Verdict.TOO_NEW);
    }

    @Test
    void aFreshTimestampDoesNotHelpAnOldSignature() {
        headers.put("webhook-timestamp", Long.toString(NOW + 1_000));
        assertThat(verdictAt(NOW + 1_000)).isEqualTo(Verdict.FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "1614265330.5", "1614265330 ", "0x10", "99999999999999999999"})
    void aTimestampThatIsNoNumberIsMalformed(String timestamp) {
        headers.put("webhook-timestamp", timestamp);
        assertThat(verdict()).isEqualTo(Verdict.TIMESTAMP_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void eachHeaderIsNeeded(String header) {
        headers.remove(header);
        assertThat(verdict()).isEqualTo(Verdict.HEADER_MISSING);
    }

    @Test
    void oneOfSeveralSignaturesIsEnoughWhereverItStands() {
        String genuine = headers.get("webhook-signature");
        String other = scheme.sign(OTHER_SECRET, ID, NOW, Message.of(BODY)).get("webhook-signature");
        for (String header : new String[] {
            genuine + " " + other,
            other + " " + genuine,
            other + "  " + genuine + " ",
            genuine + " v1a,xyz",
            "v2,a " + genuine
        }) {
            headers.put("webhook-signature", header);
            assertThat(verdict()).as(header).isEqualTo(Verdict.GENUINE);
        }
        headers.put("webhook-signature", other + " " + other);
        assertThat(verdict()).isEqualTo(Verdict.FORGED);
    }

    @Test
    void aGenuineSignatureUnderAnyOtherVersionIsIgnored() {
        String signature = headers.get("webhook-signature").substring("v1,".length());
        for (String header : new String[] {
            "v2," + signature,
            "v1a," + signature,
            "V1," + signature,
            "v11," + signature,
            "v1" + signature,
            "v1, " + signature,
            "," + signature,
            signature,
            "v1,",
            "v1",
            "",
            " "
        }) {
            headers.put("webhook-signature", header);
            assertThat(verdict()).as("'%s'", header).isEqualTo(Verdict.FORGED);
        }
    }

    @Test
    void aSignatureThatIsShorterOrLongerIsForged() {
        String genuine = headers.get("webhook-signature");
        for (String header : new String[] {genuine.substring(0, genuine.length() - 1), genuine + "=", genuine + ",x"}) {
            headers.put("webhook-signature", header);
            assertThat(verdict()).as(header).isEqualTo(Verdict.FORGED);
        }
    }

    @Test
    void anEmptyBodyAndAnyBytesCanBeSigned() {
        for (byte[] body : new byte[][] {{}, {0}, {(byte) 0xff, (byte) 0xfe, 0, 10}, new byte[1 << 20]}) {
            Map<String, String> signed = scheme.sign(SECRET, ID, NOW, Message.of(body));
            assertThat(scheme.verify(SECRET, signed::get, Message.of(body), NOW, 0))
                    .isEqualTo(Verdict.GENUINE);
        }
    }

    @Test
    void aNewSecretIsOfTheFormWantedAndNeverTheSameAgain() {
        String secret = scheme.newSecret();
        new StandardWebhooks().checkSecret(secret);
        assertThat(secret).startsWith("whsec_").isNotEqualTo(scheme.newSecret());
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSizeBetween(24, 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65, 1_000})
    void aSecretOfTheWrongLengthIsRefusedWithItsLength(int bytes) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        assertThatThrownBy(() -> scheme.sign(secret, ID, NOW, Message.of(BODY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 to 64 bytes, not of " + bytes);
        assertThatThrownBy(() -> new StandardWebhooks().checkSecret(secret))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void aSecretOfTwentyFourToSixtyFourBytesIsAccepted(int bytes) {
        new StandardWebhooks().checkSecret("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_not base64 at all, this is", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!", "hunter_2"})
    void aSecretThatIsNoBase64IsRefusedWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> new StandardWebhooks().checkSecret(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whsec_ followed by Base64")
                .hasMessageNotContaining(secret);
    }

    @Test
    void everyVerdictHasItsReasonInWords() {
        assertThat(Verdict.values())
                .extracting(Verdict::reason)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }
}
