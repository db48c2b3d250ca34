package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pollers read while events occur. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class ConcurrentPagingTest {
    private static final int WRITERS = 2;
    private static final int EVENTS_EACH = 3000;
    private static final long ALL = (long) WRITERS * EVENTS_EACH;

    @Test
    void pollersThatFollowTheCursorLoseAndRepeatNothing() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ProviderServer provider = Providers.keeping((int) ALL)) {
            List<Future<List<Long>>> readers = new ArrayList<>();
            readers.add(threads.submit(() -> readAll(provider, "/events?stream=a&limit=7", false)));
            readers.add(threads.submit(() -> readAll(provider, "/events?stream=a&limit=1000", true)));
            readers.add(threads.submit(() -> readAll(provider, "/events?limit=7", true)));
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String prefix = "w" + writer + "_";
                writers.add(threads.submit(() -> Providers.occur(provider, "a", prefix, EVENTS_EACH)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<List<Long>> reader : readers) {
                assertThat(reader.get())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, ALL).boxed().toList());
            }
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** Polls until every event has been read; with its tag, as a conditional poller does, or without. */
    private static List<Long> readAll(ProviderServer provider, String question, boolean conditional) throws Exception {
        List<Long> sequences = new ArrayList<>();
        try (RawClient client = new RawClient(provider.address())) {
            String cursor = null;
            String tag = null;
            while (sequences.size() < ALL) {
                String target = cursor == null ? question : question + "&after=" + cursor;
                Answer answer = tag == null ? client.get(target) : client.get(target, "If-None-Match: " + tag);
                if (answer.status() == 304) {
                    continue;
                }
                assertThat(answer.status()).isEqualTo(200);
                JsonNode page = Providers.json(answer);
                page.path("data")
                        .forEach(event -> sequences.add(event.path("sequence").asLong()));
                cursor = page.path("next_cursor").asText();
                tag = conditional ? answer.header("etag") : null;
            }
        }
        return sequences;
    }
}
