package dev.pushpull.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.signing.SignatureScheme.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every scheme must do, whoever invented it. */
class EverySchemeTest {
    private static final long NOW = 1_700_000_000;
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"amount\":100}".getBytes(StandardCharsets.UTF_8);

    /** They name the delivery and are not signed: anyone who has a message can rename it. */
    private static final Set<String> UNSIGNED =
            Set.of("x-github-delivery", "idempotency-key", "x-shopify-webhook-id", "i-twilio-idempotency-token");

    static List<String> names() {
        return SignatureSchemes.names();
    }

    private static Message sent(SignatureScheme scheme, byte[] body) {
        return Message.of(body, scheme.target("http://127.0.0.1:8080/webhooks/3", BODY));
    }

    private static boolean genuine(SignatureScheme scheme, String secret, Map<String, String> headers, byte[] body) {
        return scheme.verify(secret, headers::get, sent(scheme, body), NOW, 300) == Verdict.GENUINE;
    }

    @ParameterizedTest
    @MethodSource("names")
    void aMessageIsGenuineUntilAnyBitOfWhatIsSignedChanges(String name) {
        SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
        assertThat(scheme.name()).isEqualTo(name);
        String secret = scheme.newSecret();
        scheme.checkSecret(secret);
        Map<String, String> headers = VectorsTest.lowerCase(scheme.sign(secret, "evt_1", NOW, sent(scheme, BODY)));
        assertThat(genuine(scheme, secret, headers, BODY)).isTrue();
        assertThat(scheme.deliveryId(headers::get, BODY)).isEqualTo("evt_1");
        assertThat(genuine(scheme, scheme.newSecret(), headers, BODY)).isFalse();

        List<String> accepted = new ArrayList<>();
        headers.forEach((header, value) -> {
            for (int bit = 0; bit < 7 * value.length(); bit++) {
                StringBuilder altered = new StringBuilder(value);
                altered.setCharAt(bit / 7, (char) (value.charAt(bit / 7) ^ 1 << bit % 7));
                Map<String, String> changed = new TreeMap<>(headers);
                changed.put(header, altered.toString());
                if (genuine(scheme, secret, changed, BODY)) {
                    accepted.add(header);
                }
            }
            Map<String, String> without = new TreeMap<>(headers);
            without.remove(header);
            if (genuine(scheme, secret, without, BODY)) {
                accepted.add(header);
            }
        });
        assertThat(UNSIGNED).containsAll(accepted);
        if (name.equals("gitlab")) {
            return; // it signs nothing: only the token is checked
        }
        for (int bit = 0; bit < 8 * BODY.length; bit++) {
            byte[] altered = BODY.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(genuine(scheme, secret, headers, altered))
                    .as("bit %d of the body", bit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anEmptySecretIsRefusedWithWhatIsWanted(String name) {
        SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
        assertThatThrownBy(() -> scheme.checkSecret(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a secret is ");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aBlankSecretOrOneWithControlCharactersIsRefusedTooWhereverItIsUsed(String name) {
        SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
        String good = scheme.newSecret();
        List<String> bad = new ArrayList<>(List.of(" ", "  ", "\t", "\n", good + "\n", good + "\r\n", "\0" + good));
        if (name.equals("gitlab")) {
            bad.addAll(List.of(" " + good, good + " ", "größer")); // a header carries it
        }
        for (String secret : bad) {
            assertThatThrownBy(() -> scheme.checkSecret(secret))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a secret is ");
            assertThatThrownBy(() -> scheme.sign(secret, "evt_1", NOW, sent(scheme, BODY)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** A thread keeps the key of the secret it used last. */
    @ParameterizedTest
    @MethodSource("names")
    void whatAThreadSignedBeforeDoesNotMatter(String name) {
        SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
        String secret = scheme.newSecret();
        Map<String, String> signed = scheme.sign(secret, "evt_1", NOW, sent(scheme, BODY));
        for (SignatureScheme other : SignatureSchemes.names().stream()
                .map(each -> SignatureSchemes.named(each).orElseThrow())
                .toList()) {
            // another secret, one that is refused, and the same text as another scheme reads it
            other.sign(other.newSecret(), "evt_2", NOW, sent(other, BODY));
            for (String text : List.of("", secret)) {
                try {
                    other.sign(text, "evt_2", NOW, sent(other, BODY));
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageStartingWith("a secret is ");
                }
            }
            assertThat(scheme.sign(secret, "evt_1", NOW, sent(scheme, BODY)))
                    .as("after %s", other.name())
                    .isEqualTo(signed);
        }
    }

    @Test
    void aSecretCanBeReplacedWhileBothAreValid() {
        for (SignatureScheme scheme : List.of(new StandardWebhooks(), new Stripe())) {
            String old = scheme.newSecret();
            String next = scheme.newSecret();
            Map<String, String> headers =
                    VectorsTest.lowerCase(scheme.sign(old + " " + next, "evt_1", NOW, Message.of(BODY)));
            for (String secret : List.of(old, next, next + " " + old)) {
                assertThat(genuine(scheme, secret, headers, BODY)).isTrue();
            }
            assertThat(genuine(scheme, scheme.newSecret(), headers, BODY)).isFalse();
        }
    }

    @Test
    void malformedKeysAreRefusedWithWhatIsWanted() {
        StandardWebhooks scheme = new StandardWebhooks();
        assertThatThrownBy(() -> scheme.checkSecret("whsk_AAAA"))
                .hasMessage("a key is whsk_ followed by Base64 of 64 bytes, not of 3");
        assertThatThrownBy(() -> scheme.checkSecret("whpk_?")).hasMessage("a key is whpk_ followed by Base64");
        assertThatThrownBy(() ->
                        scheme.sign("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", "m", NOW, Message.of(BODY)))
                .hasMessageContaining("only verifies");
    }

    @Test
    void slackAndStripeNameTheDeliveryInTheBody() {
        SignatureScheme slack = SignatureSchemes.named("slack").orElseThrow();
        byte[] both =
                "{\"id\":\"x\",\"event\":{\"event_id\":\"no\"},\"event_id\":\"Ev1\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(slack.deliveryId(name -> null, both)).isEqualTo("Ev1");
        SignatureScheme stripe = SignatureSchemes.named("stripe").orElseThrow();
        assertThat(stripe.deliveryId(name -> null, "no JSON".getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }
}
