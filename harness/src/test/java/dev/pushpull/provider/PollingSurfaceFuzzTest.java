package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The answer to any query is a page from which one can continue, or says in JSON what is accepted. */
@Tag("live")
class PollingSurfaceFuzzTest {
    private static ProviderServer provider;

    @BeforeAll
    static void open() {
        provider = Providers.keeping(20);
        Providers.occur(provider, "a", "a", 30);
        Providers.occur(provider, "b", "b", 3);
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    /** The part after the question mark, without characters that could not be there. */
    @FuzzTest
    void theAnswerIsAPageOrSaysWhatIsAccepted(byte[] data) throws IOException {
        String query = new String(data, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "");
        try (RawClient client = new RawClient(provider.address())) {
            RawClient.Answer answer = client.get("/events?" + query);
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(400);
                if (!answer.body().isEmpty()) { // otherwise it was no request target, and nobody here has seen it
                    assertThat(Providers.json(answer).path("detail").asText()).contains("accepted");
                }
                return;
            }
            EventPage page = EventJson.decodePage(answer.body().getBytes(StandardCharsets.UTF_8));
            assertThat(page.events()).hasSizeLessThanOrEqualTo(33);
            assertThat(page.hasMore() && page.events().isEmpty()).isFalse();
            assertThat(client.get("/events?after=" + page.nextCursor() + "&" + query)
                            .status())
                    .isEqualTo(200);
        }
    }
}
