package dev.pushpull.load;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.webhook.WebhookEndpoint;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.load.BadClient.Honest;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Inbox;
import dev.pushpull.testing.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A receiver with several bad senders of each kind: it accepts every genuine webhook, and nothing else. */
@Tag("live")
class BadSendersTest {
    private static final int GENUINE = 150;
    private static final int BAD_AT_ONCE = 4;
    private static final String STOLEN = "evt_stolen";

    private static SideBySide<BadClient> kinds;

    @BeforeAll
    static void start() {
        kinds = new SideBySide<>(BadClient.plain(), BadSendersTest::beside);
    }

    @AfterAll
    static void stop() {
        kinds.close();
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadClient#plain")
    void noBadSenderKeepsAGenuineWebhookFromBeingTaken(BadClient kind) throws InterruptedException {
        kinds.assertPassed(kind);
    }

    private static void beside(BadClient kind) throws Exception {
        RoleThreads threads = new RoleThreads("taken", RoleThreads.CONSUMER);
        Inbox inbox = Inbox.open(StoreAddress.MEMORY, new Inbox.Settings("taken", GENUINE), threads);
        String secret = SignatureSchemes.DEFAULT.newSecret();
        Set<String> processed = ConcurrentHashMap.newKeySet();
        try (WebhookEndpoint endpoint = new WebhookEndpoint(
                new WebhookEndpoint.Settings("127.0.0.1", 0, SignatureSchemes.DEFAULT, secret, 64 << 10),
                inbox,
                threads,
                message -> processed.add(message.deliveryId()))) {
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            Honest request = new Honest(endpoint.address(0), "POST", signed(secret, STOLEN, body), body);
            try (BadClients bad = new BadClients(List.of(kind), request, BAD_AT_ONCE);
                    RawClient genuine = new RawClient(endpoint.address(0))) {
                for (int number = 0; number < GENUINE; number++) {
                    String[] headers = signed(secret, "evt_" + number, body).split("\r\n");
                    assertThat(genuine.request("POST", "/webhooks/0", body, headers)
                                    .status())
                            .isEqualTo(200);
                    Thread.sleep(2); // so that the bad ones have their time too
                }
                assertThat(bad.conversations()).isPositive();
            }
            eventually("all are processed", () -> processed.size() >= GENUINE);
            processed.remove(STOLEN); // it was genuine once, and is accepted once when it is sent whole
            assertThat(processed).hasSize(GENUINE);
        }
    }

    private static String signed(String secret, String id, byte[] body) {
        StringBuilder lines = new StringBuilder();
        SignatureSchemes.DEFAULT
                .sign(secret, id, System.currentTimeMillis() / 1000, Message.of(body))
                .forEach((name, value) ->
                        lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }
}
