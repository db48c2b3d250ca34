package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.security.RequestValidator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignAndVerifyTest {
    private static final String SECRET = "It's a Secret to Everybody";

    private static Said said(String input, String... arguments) {
        return Said.by(input, List.of(arguments));
    }

    @Test
    void signPrintsTheHeadersAProviderWouldSend() {
        Said said = said(
                "Hello, World!",
                "sign",
                "--scheme",
                "github",
                "--secret",
                SECRET,
                "--payload",
                "-",
                "--id",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958");
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.output().lines())
                .containsExactly(
                        "X-GitHub-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958",
                        "X-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks", "stripe", "github", "gitlab", "shopify", "slack", "twilio"})
    void whatSignPrintsVerifyTakesAndNothingElse(String scheme) throws IOException {
        String secret = scheme.equals("standard-webhooks") ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : "s3cret";
        List<String> message = new ArrayList<>(List.of("--scheme", scheme, "--secret", secret));
        message.addAll(
                scheme.equals("twilio")
                        ? List.of("--url", "https://me.example/sms?a=1", "--param", "Body=a=b", "--param", "From=+1")
                        : List.of("--payload", "-"));
        List<String> sign = new ArrayList<>(List.of("sign", "--timestamp", "1700000000", "--json"));
        sign.addAll(message);
        JsonNode rows = new ObjectMapper()
                .readTree(Said.by("{\"id\":\"evt_1\"}", sign).output())
                .path("rows");
        assertThat(rows).isNotEmpty();

        List<String> verify = new ArrayList<>(List.of("verify", "--at", "1700000100"));
        verify.addAll(message);
        rows.forEach(row -> verify.addAll(List.of(
                "--header", row.path("name").asText() + ": " + row.path("value").asText())));
        Said genuine = Said.by("{\"id\":\"evt_1\"}", verify);
        assertThat(genuine.output()).isEqualTo("genuine\n");
        assertThat(genuine.exitCode()).isEqualTo(ExitCode.DONE);

        verify.set(
                verify.indexOf(secret), secret.equals("s3cret") ? "s4cret" : "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx");
        Said forged = Said.by("{\"id\":\"evt_1\"}", verify);
        assertThat(forged.output()).isEqualTo("not genuine: no signature matches\n");
        assertThat(forged.exitCode()).isEqualTo(ExitCode.ASSERTION_FAILED);
    }

    @Test
    void whatIsTooOldIsNotGenuine() {
        Said said = said(
                "{}",
                "verify",
                "--scheme",
                "slack",
                "--secret",
                "s",
                "--payload",
                "-",
                "--header",
                "X-Slack-Request-Timestamp: 1700000000",
                "--header",
                "X-Slack-Signature: v0=00",
                "--at",
                "1700000301",
                "--tolerance",
                "5m");
        assertThat(said.output()).isEqualTo("not genuine: the timestamp is too old\n");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ASSERTION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks", "stripe", "github", "gitlab", "shopify", "slack", "twilio"})
    void aSecretThatProtectsNothingIsRefused(String scheme) {
        for (String command : List.of("sign", "verify")) {
            for (String secret : List.of("", " ", "   ", "\t", "a\nb", "a\r\nX-Other: b", "\u2003", "a\u0000")) {
                Said said = said(
                        "{}",
                        command,
                        "--scheme",
                        scheme,
                        "--secret",
                        secret,
                        "--payload",
                        "-",
                        "--url",
                        "https://me.example/");
                assertThat(said.errors()).startsWith("pushpull: --secret: ").hasLineCount(1);
                assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(said.output()).isEmpty();
            }
        }
    }

    @Test
    void eachDifferentValueOfAParameterIsSigned() {
        List<String> message = List.of("--scheme", "twilio", "--secret", "12345", "--url", "https://me.example/sms");
        List<String> sign = new ArrayList<>(List.of("sign", "--id", "t1"));
        sign.addAll(message);
        sign.addAll(List.of("--param", "D=b", "--param", "D=a", "--param", "D=b"));
        String signature =
                Said.by("", sign).output().lines().skip(1).findFirst().orElseThrow();
        assertThat(new RequestValidator("12345")
                        .validate(
                                "https://me.example/sms",
                                Map.of("D", "aDb"),
                                signature.substring(signature.indexOf(": ") + 2)))
                .isTrue();
        for (List<String> fields : List.of(List.of("D=a", "D=b"), List.of("D=b"), List.of("D=a", "D=b", "D=c"))) {
            List<String> verify = new ArrayList<>(List.of("verify", "--header", signature));
            verify.addAll(message);
            fields.forEach(field -> verify.addAll(List.of("--param", field)));
            assertThat(Said.by("", verify).exitCode())
                    .as("%s", fields)
                    .isEqualTo(fields.size() == 2 ? ExitCode.DONE : ExitCode.ASSERTION_FAILED);
        }
    }

    @Test
    void headersOfOneNameAreOneListAndSvixsNamesWillDo() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        List<String> message = List.of("--scheme", "standard-webhooks", "--secret", secret, "--payload", "-");
        List<String> sign = new ArrayList<>(List.of("sign", "--timestamp", "1700000000"));
        sign.addAll(message);
        List<String> headers = Said.by("{}", sign).output().lines().toList();
        for (String prefix : List.of("webhook-", "svix-")) {
            for (boolean first : List.of(true, false)) {
                List<String> verify = new ArrayList<>(List.of("verify", "--at", "1700000000"));
                verify.addAll(message);
                List<String> given = new ArrayList<>(headers);
                given.add(first ? 0 : given.size(), "webhook-signature: v1,AAAA");
                given.forEach(header -> verify.addAll(List.of("--header", header.replace("webhook-", prefix))));
                assertThat(Said.by("{}", verify).output()).isEqualTo("genuine\n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sign --scheme strip --secret s --payload -                 | unknown signature scheme 'strip'; did you mean 'stripe'?
        sign --scheme github --payload -                           | --secret
        sign --scheme github --secret s                            | --payload: it is missing
        sign --scheme github --secret s --payload /nowhere/at/all  | --payload: '/nowhere/at/all' is not accepted
        sign --scheme standard-webhooks --secret whsec_AAAA --payload - | whsec_ followed by Base64 of 24 to 64 bytes, not of 3
        sign --scheme standard-webhooks --secret whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4= --payload - | a whsk_ key signs
        sign --scheme twilio --secret s --payload -                | --url: it is missing
        sign --scheme twilio --secret s --url http://u --param Body       | --param: 'Body' is not accepted; accepted: KEY=VALUE
        sign --scheme twilio --secret s --url http://u --payload - --param a=b | a form's fields are its body
        sign --scheme github --secret s --payload - --id größe | --id
        sign --scheme slack --secret s --payload - --timestamp soon | --timestamp
        verify --scheme slack --secret s --payload - --header X-Slack | --header: 'X-Slack' is not accepted; accepted: 'Name: value'
        verify --scheme slack --secret s --payload - --at noon     | --at
        verify --scheme slack --secret s --payload - --tolerance 5 | --tolerance
        sign --scheme twilio --secret s --url ftp://u:pw@x --param a=b | --url: 'ftp://***@x' is not accepted; accepted: an http(s) URL
        sign --scheme twilio --secret s --url http:me.example --param a=b | --url: 'http:me.example' is not accepted; accepted: an http(s) URL
        verify --scheme twilio --secret s --url me.example/hook --param a=b | --url: 'me.example/hook' is not accepted; accepted: an http(s) URL
        sign --scheme twilio --secret s --url https://me.example/#a --param a=b | --url: 'https://me.example/#a' is not accepted
        sign --scheme twilio --secret s --url https://me.example/ --param =b | --param: '=b' is not accepted
        sign --scheme none --secret s --payload -                  | unknown signature scheme 'none'
        """)
    void badInputIsRefusedInOneLine(String arguments, String named) {
        Said said = said("{}", arguments.split(" "));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
    }
}
