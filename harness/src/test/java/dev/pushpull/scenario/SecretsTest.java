package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that are recognised only by their form. */
class SecretsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at http://me:hush@host/x as told               | at http://***@host/x as told
            http:\\\\me:hush@host                          | http:\\\\***@host
            jdbc:postgresql://u:hush@host/db               | jdbc:postgresql://***@host/db
            jdbc:postgresql:db?user=u&password=hush        | jdbc:postgresql:db?user=u&password=***
            https://host/a?page=2&access_token=hush&b=1    | https://host/a?page=2&access_token=***&b=1
            https://host/a?code=hush&otp=hush&b=1          | https://host/a?code=***&otp=***&b=1
            https://host/#id_token=hush                    | https://host/#id_token=***
            "'a://h?token=hush' is not accepted"           | "'a://h?token=***' is not accepted"
            "(see http://h?key=hush), or http://h?sig=a'b." | "(see http://h?key=***), or http://h?sig=***."
            https://host/?sig=hush                         | https://host/?sig=***
            https://host/?X-Amz-Signature=hush             | https://host/?X-Amz-Signature=***
            sent Authorization: Bearer hush                | sent Authorization: ***
            cookie: a=hush; b=hush                         | cookie: ***
            key whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw==   | key whsec_***
            """)
    void isMasked(String text, String shown) {
        assertThat(Secrets.masked(text)).isEqualTo(shown);
        assertThat(Secrets.masked(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host:80/a@b?page=2&design=x",
                "me@host",
                "accepted: whsec_..., or whsk_...",
                "p99<20ms",
                "a=b;c=d",
                "--secret: it is missing"
            })
    void anythingElseStays(String text) {
        assertThat(Secrets.masked(text)).isEqualTo(text);
    }

    @Test
    void ofHeadersOnlyHarmlessOnesAreShown() {
        assertThat(Secrets.maskedHeader("X-Key: hush")).isEqualTo("X-Key: ***");
        assertThat(Secrets.maskedHeader("Accept: text/plain")).isEqualTo("Accept: text/plain");
        assertThat(Secrets.maskedHeader("a-key-without-its-name")).isEqualTo("***");
        assertThat(Secrets.maskedHeader("none")).isEqualTo("none");
        assertThat(Secrets.maskedHeader("X-Version: 2")).isEqualTo("X-Version: 2");
    }

    @Test
    void aSchemeOfAnyLengthHidesNoPassword() {
        String scheme = "a".repeat(200);
        assertThat(Secrets.masked("1" + scheme + "://me:s3cret@there/x")).isEqualTo("1" + scheme + "://***@there/x");
    }

    @Test
    void aLongTextIsSearchedOnce() {
        String text = "x".repeat(500_000) + "@=:";
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(Secrets.masked(text)).isEqualTo(text));
    }
}
