package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.RawClient;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No peer keeps others out. */
class CrowdedConnectionsTest extends LimitedServer {
    @Test
    void theOldestIdleOneGivesWayToANewOne() throws IOException {
        serve(atMost(3), Transport.PLAIN);
        List<RawClient> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(connect());
            all.get(i).get("/nowhere");
        }
        all.get(0).get("/nowhere"); // so that the second is the oldest

        assertThat(connect().get("/nowhere").status()).isEqualTo(404);

        assertThat(all.get(1).isEnded()).isTrue();
        assertThat(all.get(0).get("/nowhere").status()).isEqualTo(404);
        assertThat(all.get(2).get("/nowhere").status()).isEqualTo(404);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void aFloodOfUnfinishedRequestsKeepsNobodyOut() throws IOException {
        serve(atMost(20), Transport.PLAIN);
        RawClient waiting = connectAndSend("GET /held HTTP/1.1|Host: localhost||");
        eventually("it is held", () -> !held.isEmpty());

        for (int i = 0; i < 200; i++) {
            connectAndSend("POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||");
            if (i % 50 == 49) {
                assertThat(connect().post("/read", "a genuine one").body()).isEqualTo("13");
            }
        }

        assertThat(server.connections()).isEqualTo(20);
        held.get(0).getIoThread().execute(() -> end(held.get(0), StatusCodes.OK));
        assertThat(waiting.answer().status()).isEqualTo(200);
    }

    @Test
    void whereAllWaitForAnswersTheOldestOfThemGivesWay() throws IOException {
        serve(atMost(3), Transport.PLAIN);
        RawClient first = connectAndSend("GET /held HTTP/1.1|Host: localhost||");
        eventually("it is held", () -> held.size() == 1);
        for (int i = 2; i <= 3; i++) {
            int count = i;
            connectAndSend("GET /held HTTP/1.1|Host: localhost||");
            eventually("it is held", () -> held.size() == count);
        }

        assertThat(connect().get("/nowhere").status()).isEqualTo(404);

        assertThat(first.isEnded()).isTrue();
    }

    @Test
    void bodiesThatAreComingTakeNoMoreMemoryThanIsSetAsideForThemAndGiveItBack() throws IOException {
        serve(new Connections.Limits(1000, NEVER_NANOS, NEVER_NANOS, NEVER_NANOS, 1 << 20), Transport.PLAIN);
        List<RawClient> halfway = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawClient one = connectAndSend("POST /read HTTP/1.1|Host: localhost|Content-Length: 500000||");
            one.send(new byte[499_999]);
            halfway.add(one);
        }
        eventually("they are read", () -> server.totals().bytesReceived() > 999_000);

        RawClient another = connectAndSend("POST /read HTTP/1.1|Host: localhost|Content-Length: 500000||");
        another.send(new byte[500_000]);
        assertThat(another.answer().status()).isEqualTo(503);

        for (RawClient one : halfway) {
            one.send(new byte[1]);
            assertThat(one.answer().body()).isEqualTo("500000");
        }
        assertThat(connect().post("/read", "x".repeat(500_000)).body()).isEqualTo("500000");
    }
}
