package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.testing.Refusals;
import java.nio.charset.StandardCharsets;

/** Of all credentials shown, only the right one is accepted. */
class CredentialFuzzTest {
    private static final Credential BASIC = Credential.of("basic:me:s3cret");
    private static final Credential BEARER = Credential.of("bearer:t0ken");

    @FuzzTest
    void onlyTheOneAskedForWillDo(byte[] data) {
        String shown = new String(data, StandardCharsets.ISO_8859_1);
        if (BASIC.isShownIn(name -> shown)) {
            assertThat(shown).matches("(?i:basic) [\\s\\x1c-\\x1f]*bWU6czNjcmV0[\\s\\x1c-\\x1f]*");
        }
        if (BEARER.isShownIn(name -> shown)) {
            assertThat(shown).matches("(?i:bearer) [\\s\\x1c-\\x1f]*t0ken[\\s\\x1c-\\x1f]*");
        }
    }

    @FuzzTest
    void whatIsNoCredentialIsRefusedWithoutRepeatingIt(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            Credential credential = Credential.of(text);
            assertThat(credential.isShownIn(name -> null)).isFalse();
            assertThat(credential.isShownIn(name -> "")).isFalse();
        } catch (IllegalArgumentException e) {
            Refusals.assertOneLine(e);
            assertThat(e).hasMessage("accepted: " + Credential.ACCEPTED);
        }
    }
}
