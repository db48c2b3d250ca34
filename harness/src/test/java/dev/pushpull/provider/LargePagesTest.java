package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.NanoClock;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large pages, and readers that abandon them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class LargePagesTest {
    private static final int MEBIBYTE = 1 << 20;

    private ProviderServer provider;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        provider = Providers.keeping(1000);
        client = new RawClient(provider.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        provider.close();
    }

    private void occur(int events, int bytes) {
        for (int i = 1; i <= events; i++) {
            String data = "{\"filler\":\"" + "x".repeat(bytes) + "\"}";
            provider.append(new EventDraft("evt_" + i, "a", "test.event", 0, data), NanoClock.SYSTEM.nanoTime());
        }
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("data").forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }

    @Test
    void aPageEndsAtFourMebibytesAndSaysThatThereIsMore() throws IOException {
        occur(11, MEBIBYTE - 1000);
        List<String> all = new ArrayList<>();
        String cursor = "0";
        List<Integer> sizes = new ArrayList<>();
        boolean more = true;
        while (more) {
            Answer answer = client.get("/events?stream=a&limit=100&after=" + cursor);
            assertThat(answer.body().length()).isLessThanOrEqualTo(4 * MEBIBYTE + 1000);
            assertThat(answer.header("etag")).isEqualTo("\"11\"");
            JsonNode page = Providers.json(answer);
            sizes.add(page.path("data").size());
            all.addAll(ids(page));
            cursor = page.path("next_cursor").asText();
            more = page.path("has_more").asBoolean();
        }

        assertThat(sizes).containsExactly(4, 4, 3);
        assertThat(all).hasSize(11).doesNotHaveDuplicates().startsWith("evt_1").endsWith("evt_11");
    }

    @Test
    void anEventThatIsLargerThanAPageTravelsAlone() throws IOException {
        occur(2, 5 * MEBIBYTE);

        JsonNode page = Providers.json(client.get("/events?stream=a"));

        assertThat(ids(page)).containsExactly("evt_1");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(client.get("/events?stream=a&after=1", "If-None-Match: \"2\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void pagesOfEverySizeAreByteForByteTheirEvents() throws IOException {
        for (int bytes : new int[] {0, 1, 5_000, 16_000, 16_384, 65_000, 65_536, 70_000, 300_000}) {
            String data = "{\"filler\":\"" + "ä".repeat(bytes) + "\"}";
            provider.append(
                    new EventDraft("evt_" + bytes, "s" + bytes, "test.event", 0, data), NanoClock.SYSTEM.nanoTime());
            provider.append(new EventDraft("end", "s" + bytes, "test.event", 0, "{}"), NanoClock.SYSTEM.nanoTime());

            JsonNode page = Providers.json(client.get("/events?stream=s" + bytes));

            assertThat(ids(page)).containsExactly("evt_" + bytes, "end");
            assertThat(page.path("data").get(0).path("data").path("filler").asText())
                    .isEqualTo("ä".repeat(bytes));
            assertThat(page.path("has_more").asBoolean()).isFalse();
        }
    }

    @Test
    void readersThatDoNotReadHoldNoCopiesAndAnHonestOneIsServed() throws IOException {
        occur(40, 100_000);
        client.get("/events?stream=a");
        long before = used();
        List<RawClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawClient one = new RawClient(provider.address());
                deaf.add(one);
                one.send(
                        "GET /events?stream=a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            eventually("all have asked", () -> provider.books().polls() == 101);

            assertThat(ids(Providers.json(client.get("/events?stream=a")))).hasSize(40);
            assertThat(used() - before).as("bytes for 100 readers of 4 MB").isLessThan(40L * MEBIBYTE);
        } finally {
            for (RawClient one : deaf) {
                one.close();
            }
        }
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
