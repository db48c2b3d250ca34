package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Whatever bytes the receiver gets, only genuine messages pass, and refused senders are told. */
@Tag("live")
class ReceiverFuzzTest {
    private static final Pattern PASSED_OR_FAILED = Pattern.compile("(?m)^HTTP/1\\.[01] [25]");
    private static final int MOST_ANSWERED_BYTES = 1 << 20;

    private static Endpoint endpoint;
    private static int genuine;

    @BeforeAll
    static void open() {
        endpoint = new Endpoint(100_000);
    }

    @AfterAll
    static void close() {
        endpoint.close();
    }

    @FuzzTest
    void nothingUnsignedPasses(byte[] data) throws IOException {
        try (RawClient client = endpoint.connect()) {
            client.send(data);
            client.finishSending();
            String answers = client.readAll(MOST_ANSWERED_BYTES);
            assertThat(PASSED_OR_FAILED.matcher(answers).find()).as(answers).isFalse();
        } catch (SocketException e) {
            // it hung up on what it will not read to the end
        }
        assertThat(endpoint.receiver.acknowledged()).isEqualTo(genuine);
        assertThat(endpoint.inbox.unprocessed()).isZero();
    }

    @FuzzTest
    void aGenuineBodyPassesWhateverItsBytes(byte[] data) throws IOException {
        String body = new String(data, StandardCharsets.UTF_8);
        try (RawClient client = endpoint.connect()) {
            assertThat(Endpoint.send(client, 0, "evt_" + genuine++, body).status())
                    .isEqualTo(200);
        }
        assertThat(endpoint.processAll()).containsExactly(body);
    }
}
