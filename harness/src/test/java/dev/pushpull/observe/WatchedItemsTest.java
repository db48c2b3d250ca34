package dev.pushpull.observe;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.host.Interruption;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.ItemPointers;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches an observation sees the counts that its report has. */
@Timeout(60)
@Tag("live")
class WatchedItemsTest {
    private static final long MILLISECOND = 1_000_000;

    /** Answers in turn: what was there already, nothing new, an error, and an item. The next poll is held to the end. */
    private static final List<Reply> ANSWERS = List.of(
            list("{\"id\":\"a\"},{\"id\":\"b\"}"),
            list("{\"id\":\"a\"},{\"id\":\"b\"}"),
            Reply.status(500),
            list("{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}"));

    private static Reply list(String items) {
        return new Reply(200, Map.of("Content-Type", "application/json"), "{\"data\":[" + items + "]}");
    }

    @Test
    void pollsAreCountedAsTheReportCountsThemAndOneThatIsBrokenOffIsNotEmpty() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        WatchedItems watched = new WatchedItems(id -> id);
        Pairing pairing = new Pairing(
                new Pairing.Setup(MILLISECOND, MILLISECOND, 100, 0), pair -> {}, pair -> {}, Optional.of(watched));
        Interruption end = new Interruption();
        try (ScriptedServer server = new ScriptedServer(request -> {
            if (request.number() <= ANSWERS.size()) {
                return ANSWERS.get(request.number() - 1);
            }
            over.await();
            return Reply.status(204);
        })) {
            EndpointPolling polling = new EndpointPolling(
                    EndpointPolling.Setup.of(
                            HttpUrl.get(server.url("/")),
                            ItemPointers.of(JsonPointer.compile("/data"), JsonPointer.compile("/id")),
                            MILLISECOND,
                            1,
                            1 << 20),
                    line -> {},
                    line -> {},
                    pairing.polls());
            FutureTask<Void> running = new FutureTask<>(() -> {
                polling.run(end, Long.MAX_VALUE);
                return null;
            });
            new Thread(running).start();
            eventually("the last poll is held", () -> server.taken().size() > ANSWERS.size());
            end.request();
            running.get();

            assertThat(polling.figures()).containsEntry("broken_off", 1L);
            assertThat(watched.pollsOver()).isEqualTo(polling.figures().get("polls"));
            assertThat(watched.emptyPolls())
                    .isEqualTo(polling.figures().get("empty_requests"))
                    .isEqualTo(2L);
        } finally {
            over.countDown();
        }
    }
}
