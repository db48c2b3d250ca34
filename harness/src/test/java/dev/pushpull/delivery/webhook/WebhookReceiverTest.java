package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.store.Inbox;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages the receiver accepts, and what it does with them. */
@Tag("live")
class WebhookReceiverTest {
    private static final String BODY = "{\"id\":\"evt_1\",\"text\":\"größer\"}";

    private Endpoint endpoint;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        endpoint = new Endpoint(2);
        client = endpoint.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        endpoint.close();
    }

    @Test
    void aGenuineWebhookIsTakenWhateverOriginAProxyAdds() throws IOException {
        List<String> headers = new ArrayList<>(List.of(Endpoint.signed(0, "evt_1", "{}")));
        headers.add("Origin: http://proxy.example");

        Answer answer = client.post(Endpoint.path(0), "{}", headers.toArray(String[]::new));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(endpoint.inbox.unprocessed()).isEqualTo(1);
    }

    @Test
    void aRequestThatNobodyCouldReadIsCountedWithItsReason() throws IOException {
        client.request("POST", Endpoint.path(0), null, "Transfer-Encoding: xchunked");

        assertThat(endpoint.receiver.refused())
                .isEqualTo(Map.of("Transfer-Encoding can only be chunked, in HTTP/1.1", 1L));
    }

    @Test
    void aGenuineWebhookIsAnsweredBeforeAnybodyProcessesIt() throws IOException {
        long before = System.nanoTime();
        Answer answer = Endpoint.send(client, 1, "evt_1", BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(endpoint.receiver.acknowledged()).isEqualTo(1);
        Inbox.Message accepted = endpoint.process();
        assertThat(accepted.consumer()).isEqualTo(1);
        assertThat(new String(accepted.body(), StandardCharsets.UTF_8)).isEqualTo(BODY);
        assertThat(accepted.receivedNanos()).isBetween(before, System.nanoTime());
    }

    @Test
    void theDocumentsOwnRouteBelongsToTheFirstConsumer() throws IOException {
        Answer answer = client.post("/api/webhooks/stripe-payment", BODY, Endpoint.signed(0, "evt_1", BODY));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(endpoint.process().consumer()).isZero();
        Endpoint.send(client, 0, "evt_1", BODY);
        assertThat(endpoint.duplicates).as("both routes are one endpoint").hasValue(1);
    }

    @Test
    void anEmptyBodyCanBeGenuine() throws IOException {
        assertThat(Endpoint.send(client, 0, "evt_1", "").status()).isEqualTo(200);
        assertThat(endpoint.process().body()).isEmpty();
    }

    @Test
    void anotherBodyIsForged() throws IOException {
        refused(
                client.post(Endpoint.path(0), BODY + " ", Endpoint.signed(0, "evt_1", BODY)),
                400,
                "no signature matches");
    }

    @Test
    void anotherIdIsForged() throws IOException {
        String[] headers = Endpoint.signed(0, "evt_1", BODY);
        for (int i = 0; i < headers.length; i++) {
            headers[i] = headers[i].replace("evt_1", "evt_2");
        }
        refused(client.post(Endpoint.path(0), BODY, headers), 400, "no signature matches");
    }

    @Test
    void anotherTimestampIsForged() throws IOException {
        String[] headers = Endpoint.signed(0, "evt_1", BODY);
        for (int i = 0; i < headers.length; i++) {
            headers[i] = headers[i].replace("" + Endpoint.NOW_SECONDS, "" + (Endpoint.NOW_SECONDS + 1));
        }
        refused(client.post(Endpoint.path(0), BODY, headers), 400, "no signature matches");
    }

    @Test
    void theSecretOfAnotherConsumerForges() throws IOException {
        refused(client.post(Endpoint.path(0), BODY, Endpoint.signed(1, "evt_1", BODY)), 400, "no signature matches");
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, -86_400, -Endpoint.NOW_SECONDS})
    void whatIsTooOldIsRefused(long shift) throws IOException {
        String[] headers = Endpoint.signed(0, "evt_1", Endpoint.NOW_SECONDS + shift, BODY);
        refused(client.post(Endpoint.path(0), BODY, headers), 400, "the timestamp is too old");
    }

    @ParameterizedTest
    @ValueSource(longs = {301, 86_400, Long.MAX_VALUE - Endpoint.NOW_SECONDS})
    void whatComesFromTheFutureIsRefused(long shift) throws IOException {
        String[] headers = Endpoint.signed(0, "evt_1", Endpoint.NOW_SECONDS + shift, BODY);
        refused(client.post(Endpoint.path(0), BODY, headers), 400, "the timestamp lies in the future");
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 300})
    void theEdgeOfTheWindowIsStillAccepted(long shift) throws IOException {
        String[] headers = Endpoint.signed(0, "evt_1", Endpoint.NOW_SECONDS + shift, BODY);
        assertThat(client.post(Endpoint.path(0), BODY, headers).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everySignatureHeaderIsNeeded(int missing) throws IOException {
        String[] headers = Endpoint.signed(0, "evt_1", BODY);
        headers[missing] = "X-Nothing: here";
        refused(client.post(Endpoint.path(0), BODY, headers), 400, "a signature header is missing");
    }

    @Test
    void aTimestampThatIsNoNumberIsRefused() throws IOException {
        Answer answer = client.post(
                Endpoint.path(0), BODY, "webhook-id: evt_1", "webhook-timestamp: noon", "webhook-signature: v1,x");
        refused(answer, 400, "the timestamp is no number");
    }

    @Test
    void aDuplicateIsAcknowledgedAndCountedButNotHandedOn() throws IOException {
        assertThat(Endpoint.send(client, 0, "evt_1", BODY).status()).isEqualTo(200);
        assertThat(Endpoint.send(client, 0, "evt_1", BODY).status()).isEqualTo(200);

        assertThat(endpoint.inbox.unprocessed()).isEqualTo(1);
        assertThat(endpoint.duplicates).hasValue(1);
        assertThat(endpoint.receiver.acknowledged()).isEqualTo(2);
    }

    @Test
    void theSameIdAtAnotherConsumerIsNoDuplicate() throws IOException {
        Endpoint.send(client, 0, "evt_1", BODY);
        Endpoint.send(client, 1, "evt_1", BODY);

        assertThat(endpoint.inbox.unprocessed()).isEqualTo(2);
        assertThat(endpoint.duplicates).hasValue(0);
    }

    @Test
    void aForgedRequestDoesNotMakeTheGenuineOneADuplicate() throws IOException {
        client.post(Endpoint.path(0), BODY + " ", Endpoint.signed(0, "evt_1", BODY));

        assertThat(Endpoint.send(client, 0, "evt_1", BODY).status()).isEqualTo(200);
        assertThat(endpoint.inbox.unprocessed()).isEqualTo(1);
    }

    @Test
    void aFullQueueAsksForLaterAndForgetsTheIdSoThatTheRetryIsAccepted() throws IOException {
        Endpoint.send(client, 0, "evt_1", BODY);
        Endpoint.send(client, 0, "evt_2", BODY);

        Answer full = Endpoint.send(client, 0, "evt_3", BODY);
        refused(full, 503, "queue full");
        assertThat(Integer.parseInt(full.header("retry-after"))).isPositive();
        assertThat(Endpoint.send(client, 0, "evt_1", BODY).status())
                .as("a duplicate needs no room")
                .isEqualTo(200);

        endpoint.processAll();
        assertThat(Endpoint.send(client, 0, "evt_3", BODY).status()).isEqualTo(200);
        assertThat(endpoint.inbox.unprocessed()).isEqualTo(1);
        assertThat(endpoint.duplicates).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/webhooks",
                "/webhooks/",
                "/webhooks/3",
                "/webhooks/-1",
                "/webhooks/0/",
                "/webhooks/x",
                "/webhooks/99999999999999999999",
                "/api/webhooks/other"
            })
    void anUnknownEndpointIsNotFound(String path) throws IOException {
        refused(client.post(path, BODY, Endpoint.signed(0, "evt_1", BODY)), 404, "no such endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void onlyPostIsAllowed(String method) throws IOException {
        Answer answer = client.request(method, Endpoint.path(0), new byte[0]);

        refused(answer, 405, "only POST");
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    /** Refused, counted, nothing passed on, and the connection still serves a genuine webhook. */
    private void refused(Answer answer, int status, String reason) throws IOException {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().strip()).isEqualTo(reason);
        assertThat(endpoint.receiver.refused()).isEqualTo(Map.of(reason, 1L));
        endpoint.processAll();
        assertThat(Endpoint.send(client, 2, "after", BODY).status()).isEqualTo(200);
        assertThat(endpoint.process().consumer()).isEqualTo(2);
        assertThat(endpoint.inbox.unprocessed()).isZero();
    }
}
