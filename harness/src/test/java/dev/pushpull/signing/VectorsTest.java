package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.signing.SignatureScheme.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Signatures that vendors published, or that their own libraries made. */
class VectorsTest {
    private static final String STANDARD_BODY = "{\"test\": 2432232314}";

    private static void meets(
            String scheme, String secret, String id, long timestamp, Message message, String header, String signature) {
        SignatureScheme named = SignatureSchemes.named(scheme).orElseThrow();
        Map<String, String> headers = named.sign(secret, id, timestamp, message);
        assertThat(headers).as(scheme).containsEntry(header, signature);
        assertThat(named.verify(secret, lowerCase(headers)::get, message, timestamp, 0))
                .as(scheme)
                .isEqualTo(Verdict.GENUINE);
    }

    static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private static Message text(String body) {
        return Message.of(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theAsymmetricVectorOfStandardWebhooksIsMetAndItsPublicKeyVerifies() {
        String secret = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
        String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        meets(
                "standard-webhooks",
                secret,
                id,
                1614265330,
                text(STANDARD_BODY),
                "webhook-signature",
                "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
        StandardWebhooks scheme = new StandardWebhooks();
        Map<String, String> headers = scheme.sign(secret, id, 1614265330, text(STANDARD_BODY));
        String verifying = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
        assertThat(scheme.verify(verifying, headers::get, text(STANDARD_BODY), 1614265330, 0))
                .isEqualTo(Verdict.GENUINE);
        assertThat(scheme.verify(verifying, headers::get, text(STANDARD_BODY + " "), 1614265330, 0))
                .isEqualTo(Verdict.FORGED);
    }

    @Test
    void githubsVectorIsMet() {
        meets(
                "github",
                "It's a Secret to Everybody",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                0,
                text("Hello, World!"),
                "X-Hub-Signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void stripesVectorIsMet() {
        meets(
                "stripe",
                "whsec_test_secret",
                "evt_test_webhook",
                1492774577,
                text("{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}"),
                "Stripe-Signature",
                "t=1492774577,v1=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812");
    }

    @Test
    void twiliosVectorIsMet() {
        Message form = new Message(
                new byte[0],
                "https://mycompany.com/myapp.php?foo=1&bar=2",
                Map.of(
                        "CallSid", "CA1234567890ABCDE",
                        "Caller", "+14158675309",
                        "Digits", "1234",
                        "From", "+14158675309",
                        "To", "+18005551212"));
        meets("twilio", "12345", "token", 0, form, "X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void slacksVectorIsMet() {
        meets(
                "slack",
                "8f742231b10e8888abcd99yyyzzz85a5",
                "Ev08MFMKH6",
                1531420618,
                text("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                        + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                        + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
                        + "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"),
                "X-Slack-Signature",
                "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void shopifysVectorIsMet() {
        meets(
                "shopify",
                "hush",
                "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
                0,
                text("{}"),
                "X-Shopify-Hmac-SHA256",
                "UFwgrGBPZilFtmKh8TqcovA78LGYb1BdWu9I4Q2oyRg=");
    }

    @Test
    void gitlabSendsItsSecret() {
        meets("gitlab", "hush", "f3a1", 0, text("{}"), "X-Gitlab-Token", "hush");
    }
}
