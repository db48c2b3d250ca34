package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.signing.Message;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forms the receiver accepts under one of Twilio's signatures. */
@Tag("live")
class TwilioReceiverTest {
    private Reached reached;

    @BeforeEach
    void start() throws IOException {
        reached = new Reached("twilio");
    }

    @AfterEach
    void stop() throws IOException {
        reached.close();
    }

    /** Sends a form with the signature of another target and other fields. */
    private Answer post(String target, String form, String signedTarget, Map<String, String> signed)
            throws IOException {
        String signature = reached.scheme
                .sign(reached.secret, "t1", 0, new Message(new byte[0], "http://localhost" + signedTarget, signed))
                .get("X-Twilio-Signature");
        return reached.client.post(
                target,
                form,
                "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
                "X-Twilio-Signature: " + signature);
    }

    private Answer post(String form, Map<String, String> signed) throws IOException {
        return post("/webhooks/0", form, "/webhooks/0", signed);
    }

    @ParameterizedTest
    @CsvSource({"D=b&D=a,aDb", "D=a&D=b,aDb", "D=a&D=a,a", "D=&D=b,Db", "D=b&D,Db", "%44=a&D=%61,a"})
    void eachDifferentValueOfARepeatedNameIsSigned(String form, String value) throws IOException {
        assertThat(post(form, Map.of("D", value)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"From=mallory&From=alice", "From=alice&From=mallory", "From=alice&From=", "From=alice&x"})
    void nothingCanBeAddedToASignedForm(String form) throws IOException {
        Answer answer = post(form, Map.of("From", "alice"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().strip()).isEqualTo("no signature matches");
        assertThat(reached.accepted()).isZero();
    }

    /** Most readers drop it, and without text it would change nothing that is signed. */
    @ParameterizedTest
    @CsvSource({"From=alice&=,alice", "=&From=alice,alice", "=Fromalice,alice", "From=alice&=x,alice", "=x,x"})
    void aFieldWithoutANameIsRefused(String form, String value) throws IOException {
        Answer answer = post(form, Map.of("From", value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().strip()).isEqualTo("the form is malformed");
        assertThat(post("=x", Map.of("", "x")).status()).as("whoever signed it").isEqualTo(400);
        assertThat(reached.accepted()).isZero();
    }

    /** Read leniently, each would be the form that was signed, and several bodies would share one signature. */
    @ParameterizedTest
    @CsvSource({"From=%zz,%zz", "From=%,%", "From=%FF,\uFFFD", "From=%C3,\uFFFD"})
    void aFormThatCouldBeReadInTwoWaysIsRefused(String form, String value) throws IOException {
        Answer answer = post(form, Map.of("From", value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().strip()).isEqualTo("the form is malformed");
        assertThat(reached.receiver.refused()).isEqualTo(Map.of("the form is malformed", 1L));
    }

    @Test
    void aFormMayGoToAUrlWithSomeHashInItsQuery() throws IOException {
        String target = "/webhooks/0?bodySHA256=00";
        assertThat(post(target, "From=alice", target, Map.of("From", "alice")).status())
                .isEqualTo(200);
    }

    @Test
    void theUrlIsSignedAsItWasSent() throws IOException {
        String target = "/webhooks/0?a=%20%2F%7e&b=+;c";
        assertThat(post(target, "From=alice", target, Map.of("From", "alice")).status())
                .isEqualTo(200);
        assertThat(post("/webhooks/%30?a", "From=alice", "/webhooks/%30?a", Map.of("From", "alice"))
                        .status())
                .isEqualTo(200);
        assertThat(post("/webhooks/%30", "From=alice", "/webhooks/0", Map.of("From", "alice"))
                        .status())
                .isEqualTo(400);
    }
}
