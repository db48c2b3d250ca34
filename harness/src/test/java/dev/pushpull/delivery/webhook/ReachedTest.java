package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver as others reach it: through a proxy, at another path, with credentials, under other names. */
@Tag("live")
class ReachedTest {
    private static final SignatureScheme TWILIO =
            SignatureSchemes.named("twilio").orElseThrow();

    private static Exposure behind(String publicUrl, boolean trustsProxy) {
        return new Exposure(Optional.ofNullable(publicUrl), trustsProxy, List.of(), Optional.empty());
    }

    private static Exposure wanting(String credential) {
        return new Exposure(Optional.empty(), false, List.of(), Optional.of(Credential.of(credential)));
    }

    private static int signedFor(Reached reached, String signedUrl, String target, String... headers)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Content-Type: application/x-www-form-urlencoded");
        reached.scheme
                .sign(reached.secret, "t1", 0, new Message(new byte[0], signedUrl, Map.of("From", "alice")))
                .forEach((name, value) -> lines.add(name + ": " + value));
        return reached.client
                .post(target, "From=alice", lines.toArray(String[]::new))
                .status();
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example,/webhooks/0,https://hooks.example/webhooks/0",
        "https://hooks.example:8443/in,/webhooks/7?a=%20b,https://hooks.example:8443/in/webhooks/7?a=%20b",
        "https://hooks.example,http://localhost/webhooks/0?a,https://hooks.example/webhooks/0?a",
    })
    void thePublicUrlStandsInFrontOfPathAndQuery(String publicUrl, String target, String signedUrl) throws IOException {
        try (Reached reached = new Reached(TWILIO, behind(publicUrl, false))) {
            assertThat(signedFor(reached, signedUrl, target, "X-Forwarded-Host: liar.example"))
                    .isEqualTo(200);
            assertThat(signedFor(reached, "http://localhost/webhooks/0", "/webhooks/0"))
                    .isEqualTo(400);
        }
    }

    @Test
    void whatAProxySaysCountsOnlyWhenItIsTrusted() throws IOException {
        String[] forwarded = {"X-Forwarded-Proto: https", "X-Forwarded-Host: hooks.example:8443"};
        String outside = "https://hooks.example:8443/webhooks/0";
        try (Reached trusting = new Reached(TWILIO, behind(null, true));
                Reached other = new Reached(TWILIO, Exposure.DIRECT)) {
            assertThat(signedFor(trusting, outside, "/webhooks/0", forwarded)).isEqualTo(200);
            assertThat(signedFor(other, outside, "/webhooks/0", forwarded)).isEqualTo(400);
            assertThat(signedFor(other, "http://localhost/webhooks/0", "/webhooks/0", forwarded))
                    .isEqualTo(200);
            assertThat(signedFor(
                            trusting,
                            outside,
                            "/webhooks/0",
                            "X-Forwarded-Proto: https, http",
                            "X-Forwarded-Host: hooks.example:8443 , inner"))
                    .as("the first proxy saw what the sender meant")
                    .isEqualTo(200);
            assertThat(signedFor(
                            trusting,
                            "http://localhost/webhooks/0",
                            "/webhooks/0",
                            "X-Forwarded-Proto: gopher",
                            "X-Forwarded-Host: a/b?"))
                    .as("what makes no sense counts for nothing")
                    .isEqualTo(200);
        }
    }

    @Test
    void webhooksAreTakenAtThePathAlone() throws IOException {
        Exposure exposure = new Exposure(Optional.empty(), false, List.of("/hooks/x", "/hooks/y"), Optional.empty());
        try (Reached reached = new Reached(SignatureSchemes.named("github").orElseThrow(), exposure)) {
            assertThat(reached.receiver.endpoint(0).getPath()).isEqualTo("/hooks/x");
            String[] headers = reached.signed("a", "{}").toArray(String[]::new);
            assertThat(reached.client.post("/hooks/x?from=me", "{}", headers).status())
                    .isEqualTo(200);
            for (String other : List.of("/webhooks/0", "/hooks/x/", "/hooks/", "/hooks/xy", "/")) {
                assertThat(reached.client.post(other, "{}", headers).status())
                        .as(other)
                        .isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        basic:me:pass:word | Authorization: Basic bWU6cGFzczp3b3Jk | Basic realm="webhooks"
        basic:me:pass:word | AUTHORIZATION: basic   bWU6cGFzczp3b3Jk | Basic realm="webhooks"
        bearer:t0k.en= | Authorization: Bearer t0k.en= | Bearer realm="webhooks"
        header:X-Key=a=b c | x-key: a=b c |
        """)
    void credentialsAreWantedBesidesTheSignature(String wanted, String shown, String asked) throws IOException {
        try (Reached reached = new Reached(SignatureSchemes.named("github").orElseThrow(), wanting(wanted))) {
            List<String> headers = new ArrayList<>(reached.signed("a", "{}"));
            for (String wrong : List.of(
                    "X-Nothing: here",
                    shown + "x",
                    shown.substring(0, shown.length() - 1),
                    shown.substring(0, shown.indexOf(':') + 1),
                    shown.substring(0, shown.indexOf(' ') + 3),
                    shown + "\r\n" + shown)) {
                headers.add(wrong);
                Answer answer = reached.post("{}", headers);
                assertThat(answer.status()).as(wrong).isEqualTo(401);
                assertThat(answer.header("www-authenticate")).isEqualTo(asked);
                headers.remove(wrong);
            }
            assertThat(reached.receiver.refused()).isEqualTo(Map.of("no valid credentials", 6L));
            assertThat(reached.post("{}", List.of(shown)).body().strip())
                    .as("they do not replace it")
                    .isEqualTo("a signature header is missing");
            headers.add(shown);
            assertThat(reached.post("{}", headers).status()).isEqualTo(200);
        }
    }

    @Test
    void credentialsAreNotShown() {
        assertThat(Credential.of("basic:me:s3cret")).asString().doesNotContain("s3cret");
        assertThat(wanting("header:X=s3cret")).asString().doesNotContain("s3cret");
    }

    @Test
    void withoutASignatureEverybodyIsBelieved() throws Exception {
        try (Reached reached = new Reached(SignatureSchemes.NONE, Exposure.DIRECT)) {
            for (String id : List.of("webhook-id: a", "svix-id: a", "webhook-id: ", "X-Other: 1")) {
                assertThat(reached.post("{}", List.of(id)).status()).isEqualTo(200);
            }
            assertThat(List.of(reached.processedId(), reached.processedId()))
                    .containsExactly("a", "sha256:" + FormEncoding.sha256("{}".getBytes(StandardCharsets.UTF_8)));
            assertThat(reached.duplicates).hasValue(2);
        }
    }

    @Test
    void withoutASignatureAWebPageIsNotBelieved() throws IOException {
        Exposure exposure = wanting("bearer:t0ken");
        try (Reached reached = new Reached(SignatureSchemes.NONE, exposure)) {
            for (String origin : List.of("http://evil.example", "null", "")) {
                assertThat(reached.post("{}", List.of("Authorization: Bearer t0ken", "Origin: " + origin))
                                .status())
                        .as("a browser may know the credentials")
                        .isEqualTo(403);
            }
            assertThat(reached.receiver.refused()).isEqualTo(Map.of("from a web page", 3L));
            assertThat(reached.accepted()).isZero();
        }
    }

    private static final String CHALLENGE =
            "{\"token\":\"t\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\","
                    + "\"type\":\"url_verification\"}";

    @Test
    void slacksChallengeIsAnsweredAndIsNoEvent() throws IOException {
        try (Reached reached = new Reached("slack")) {
            Answer answer = reached.post(CHALLENGE, reached.signed("x", CHALLENGE));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");
            assertThat(answer.header("content-type")).startsWith("text/plain");
            assertThat(reached.accepted()).isZero();
            assertThat(reached.receiver.challenges()).isEqualTo(1);
            assertThat(reached.receiver.acknowledged()).isZero();
        }
    }

    @Test
    void aChallengeThatSlackDidNotSignIsForged() throws IOException {
        try (Reached reached = new Reached("slack")) {
            Answer answer = reached.post(CHALLENGE, reached.signed("x", CHALLENGE + " "));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("3eZbrw1aBm2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe", "github", "standard-webhooks"})
    void nobodyElseChallenges(String scheme) throws IOException {
        try (Reached reached = new Reached(scheme)) {
            assertThat(reached.post(CHALLENGE, reached.signed("x", CHALLENGE)).body())
                    .isEmpty();
            assertThat(reached.accepted()).isEqualTo(1);
        }
    }

    @Test
    void svixsNamesOfTheHeadersWillDo() throws Exception {
        try (Reached reached = new Reached("standard-webhooks")) {
            List<String> svix = new ArrayList<>(reached.signed("msg_1", "{}"));
            svix.replaceAll(line -> line.replace("webhook-", "svix-"));
            svix.add("webhook-id: another"); // it is not signed
            assertThat(reached.post("{}", svix).status()).isEqualTo(200);
            assertThat(reached.processedId()).isEqualTo("msg_1");
            svix.remove(0);
            assertThat(reached.post("{}", svix).body().strip())
                    .as("names of both kinds are no message")
                    .isEqualTo("a signature header is missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks", "stripe"})
    void twoSignatureHeadersAreOneList(String scheme) throws IOException {
        try (Reached reached = new Reached(scheme)) {
            for (int place = 0; place < 2; place++) {
                List<String> headers = new ArrayList<>(reached.signed("evt_" + place, "{}" + " ".repeat(place)));
                String wrong = scheme.equals("stripe") ? "Stripe-Signature: v1=00" : "webhook-signature: v1,AAAA";
                headers.add(place == 0 ? 0 : headers.size(), wrong);
                assertThat(reached.post("{}" + " ".repeat(place), headers).status())
                        .as("wrong one at %d", place)
                        .isEqualTo(200);
            }
            assertThat(reached.accepted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "shopify", "slack"})
    void whereThereIsOneSignatureTwoAreNone(String scheme) throws IOException {
        try (Reached reached = new Reached(scheme)) {
            List<String> headers = new ArrayList<>(reached.signed("a", "{}"));
            headers.add(headers.get(headers.size() - 1).split(":")[0] + ": "
                    + Base64.getEncoder().encodeToString(new byte[3]));
            assertThat(reached.post("{}", headers).body().strip()).isEqualTo("no signature matches");
        }
    }
}
