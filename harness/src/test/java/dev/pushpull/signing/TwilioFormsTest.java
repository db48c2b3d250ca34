package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import dev.pushpull.signing.Message.Field;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.testing.Draws;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as Twilio's own SDK judges them: names and values repeated, empty, similar and in any order. */
class TwilioFormsTest {
    private static final String TOKEN = "12345";
    private static final String URL = "https://me.example/sms?a=1";

    private final SignatureScheme twilio = SignatureSchemes.named("twilio").orElseThrow();
    private final RequestValidator sdk = new RequestValidator(TOKEN);

    /** Few letters, so that names and values repeat, and some forms do not differ in anything that is signed. */
    private static List<Field> form(Draws draws) {
        return draws.list(5, each -> new Field(text(each), text(each)));
    }

    private static String text(Draws draws) {
        return draws.of("", "a", "b", "ab", "D", "größer", "%", "+", " ", "&=", "😀");
    }

    /**
     * What Java's SDK, which takes one value for each name, must be given when there are several: for each name its
     * different values in order. The SDKs for Python and Node do this by themselves.
     */
    private static Map<String, String> told(List<Field> fields) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        fields.forEach(field ->
                values.computeIfAbsent(field.name(), name -> new TreeSet<>()).add(field.value()));
        Map<String, String> told = new TreeMap<>();
        values.forEach((name, each) -> told.put(name, String.join(name, each)));
        return told;
    }

    static byte[] encoded(List<Field> fields) {
        return fields.stream()
                .map(field -> URLEncoder.encode(field.name(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Message form(String url, List<Field> fields) {
        byte[] body = encoded(fields);
        return new Message(body, url, FormFields.of(body).orElseThrow());
    }

    private String signature(Message message) {
        return twilio.sign(TOKEN, "t1", 0, message).get("X-Twilio-Signature");
    }

    private boolean weAccept(Message message, String signature) {
        return twilio.verify(TOKEN, Map.of("x-twilio-signature", signature)::get, message, 0, 0) == Verdict.GENUINE;
    }

    @Test
    void theSdkBelievesWhatWeBelieve() throws Exception {
        Draws.each(1000, this::theSdkBelievesWhatWeBelieve);
    }

    private void theSdkBelievesWhatWeBelieve(Draws draws) {
        List<Field> signed = form(draws);
        List<Field> sent = form(draws);
        String signature = signature(form(URL, signed));
        assertThat(sdk.validate(URL, told(signed), signature)).isTrue();
        assertThat(weAccept(form(URL, signed), signature)).isTrue();
        assertThat(weAccept(form(URL, sent), signature)).isEqualTo(sdk.validate(URL, told(sent), signature));
    }

    @Test
    void theOrderOfFieldsSaysNothing() throws Exception {
        Draws.each(1000, this::theOrderOfFieldsSaysNothing);
    }

    private void theOrderOfFieldsSaysNothing(Draws draws) {
        List<Field> fields = form(draws);
        List<Field> shuffled = new ArrayList<>(fields);
        Collections.shuffle(shuffled, new Random(draws.number(0, Integer.MAX_VALUE)));
        assertThat(signature(form(URL, shuffled))).isEqualTo(signature(form(URL, fields)));
    }

    @Test
    void readingAFormGivesWhatWasWritten() throws Exception {
        Draws.each(1000, this::readingAFormGivesWhatWasWritten);
    }

    private void readingAFormGivesWhatWasWritten(Draws draws) {
        List<Field> fields = form(draws);
        assertThat(FormFields.of(encoded(fields))).hasValue(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=b", "a=%FF", "a=%C3", "a=%ED%A0%80", "a=%C0%AF"})
    void aFormThatCouldBeReadAsAnotherIsNotRead(String form) {
        assertThat(FormFields.of(form.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aFieldWithoutAnEqualsSignHasAnEmptyValue() {
        assertThat(FormFields.of("a&&b=%3d%2B+".getBytes(StandardCharsets.UTF_8)))
                .hasValue(List.of(new Field("a", ""), new Field("b", "=+ ")));
    }

    @Test
    void anyOtherBodyIsCoveredByTheFirstHashInTheQueryAlone() throws Exception {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(body));
        for (String query : List.of(
                "bodySHA256=" + hash,
                "a=1&bodySHA256=" + hash + "&bodySHA256=0",
                "body%53HA256=" + hash,
                "bodySHA256=0&bodySHA256=" + hash,
                "bodySHA256=" + hash + "0",
                "bodySHA256=" + hash.toUpperCase(java.util.Locale.ROOT),
                "xbodySHA256=" + hash,
                "bodySHA256",
                "a=1")) {
            String url = "https://me.example/sms?" + query;
            String signature = hmacSha1(url);
            assertThat(weAccept(Message.of(body, url), signature))
                    .as(query)
                    .isEqualTo(sdk.validate(url, "{}", signature));
        }
    }

    @Test
    void aFormIsCoveredByItsFieldsWhateverHashStandsInTheQueryOrByThatHash() throws Exception {
        List<Field> fields = List.of(new Field("From", "alice"));
        String foreign = "https://me.example/sms?bodySHA256=00";
        assertThat(sdk.validate(foreign, told(fields), hmacSha1(foreign + "Fromalice")))
                .isTrue();
        assertThat(weAccept(form(foreign, fields), hmacSha1(foreign + "Fromalice")))
                .isTrue();
        String own = twilio.target("https://me.example/sms", encoded(fields));
        assertThat(sdk.validate(own, "From=alice", hmacSha1(own))).isTrue();
        assertThat(weAccept(form(own, fields), hmacSha1(own))).isTrue();
        assertThat(weAccept(form(foreign, fields), hmacSha1(foreign))).isFalse();
        for (List<Field> nothing : List.of(List.<Field>of(), List.of(new Field("", "")))) {
            assertThat(weAccept(form(own, nothing), hmacSha1(own)))
                    .as("the signature of another body, sent with %s", nothing)
                    .isFalse();
        }
    }

    private static String hmacSha1(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return java.util.Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
