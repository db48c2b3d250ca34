package dev.pushpull.delivery.webhook;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attackers who try everything, with genuine webhooks among them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class HostileTrafficTest {
    private static final int SENDERS = 4;
    private static final int REQUESTS_EACH = 1500;
    private static final int GENUINE_EVERY = 3;

    /** The results of one sender. */
    private record Sent(List<String> genuine, long refused, long brokenOff, long garbage) {}

    @Test
    void nothingHostileIsAcceptedAndNothingGenuineIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try (Endpoint endpoint = new Endpoint(SENDERS * REQUESTS_EACH)) {
            List<Future<Sent>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int number = sender;
                senders.add(threads.submit(() -> send(endpoint, number)));
            }
            List<String> genuine = new ArrayList<>();
            long refused = 0;
            long brokenOff = 0;
            long garbage = 0;
            for (Future<Sent> sender : senders) {
                genuine.addAll(sender.get().genuine());
                refused += sender.get().refused();
                brokenOff += sender.get().brokenOff();
                garbage += sender.get().garbage();
            }
            assertThat(List.of(refused, brokenOff, garbage)).allMatch(count -> count > 100);

            long refusals = refused + brokenOff;
            eventually("the last broken connection is noticed", () -> endpoint.refused() == refusals);
            assertThat(endpoint.processAll()).containsExactlyInAnyOrderElementsOf(genuine);
            assertThat(endpoint.receiver.acknowledged()).isEqualTo(genuine.size());
            assertThat(endpoint.receiver.totals().requests())
                    .as("the server's count of requests is the receiver's")
                    .isEqualTo(genuine.size() + refusals);
            assertThat(endpoint.receiver.refused().get("cut off")).isEqualTo(brokenOff);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Sent send(Endpoint endpoint, int sender) throws IOException {
        Random random = new Random(sender);
        List<String> genuine = new ArrayList<>();
        long refused = 0;
        long brokenOff = 0;
        long garbage = 0;
        RawClient client = endpoint.connect();
        try {
            for (int i = 0; i < REQUESTS_EACH; i++) {
                String id = "evt_" + sender + "_" + i;
                int consumer = random.nextInt(3);
                if (i % GENUINE_EVERY == 0) {
                    assertThat(Endpoint.send(client, consumer, id, id).status()).isEqualTo(200);
                    genuine.add(id);
                } else if (random.nextInt(10) == 0) {
                    client.send(RawClient.head("POST", Endpoint.path(consumer), 10, Endpoint.signed(consumer, id, id)));
                    client.close();
                    client = endpoint.connect();
                    brokenOff++;
                } else if (random.nextInt(10) == 0) {
                    client.send("\u0000 no HTTP at all \r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.close();
                    client = endpoint.connect();
                    garbage++;
                } else {
                    assertThat(hostile(client, consumer, id, random).status()).isBetween(400, 499);
                    refused++;
                }
            }
        } finally {
            client.close();
        }
        return new Sent(genuine, refused, brokenOff, garbage);
    }

    private static Answer hostile(RawClient client, int consumer, String id, Random random) throws IOException {
        String path = Endpoint.path(consumer);
        String[] genuine = Endpoint.signed(consumer, id, id);
        long now = Endpoint.NOW_SECONDS;
        return switch (random.nextInt(9)) {
            case 0 -> client.post(path, "not " + id, genuine);
            case 1 -> client.post(Endpoint.path((consumer + 1) % 3), id, genuine);
            case 2 -> client.post(path, id, Endpoint.signed(consumer, id, now - 301, id));
            case 3 -> client.post(path, id, Endpoint.signed(consumer, id, now + 301, id));
            case 4 -> client.post(path, id, genuine[0], genuine[1]);
            case 5 -> client.post("/webhooks/17", id, genuine);
            case 6 -> client.get(path, genuine);
            case 7 -> client.post(path, "x".repeat(Endpoint.MAX_BODY_BYTES + 1), genuine);
            default ->
                client.post(
                        path, id, "webhook-id: " + id, "webhook-timestamp: " + now, "webhook-signature: v1, v1,= v2,x");
        };
    }
}
