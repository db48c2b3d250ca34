package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may control a provider, and who may change anything in it. */
@Tag("live")
class ControlAccessTest {
    private ProviderServer provider;
    private RawClient client;
    private boolean stopped;

    @BeforeEach
    void start() throws IOException {
        provider = Providers.keeping(1000);
        client = new RawClient(provider.address());
        provider.controlledBy(new EventControl() {
            @Override
            public void arm() {
                // none
            }

            @Override
            public void start() {
                // none
            }

            @Override
            public void stop() {
                stopped = true;
            }

            @Override
            public Map<String, Object> books() {
                return Map.of();
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        provider.close();
    }

    private Answer stopAt(String host) throws IOException {
        client.send(("POST /control/stop HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return client.answer();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "localhost.:80",
                "provider.localhost:1",
                "127.0.0.1",
                "127.1.2.3:65535",
                "[::1]",
                "[::1]:8080"
            })
    void aLoopbackNameMayControl(String host) throws IOException {
        assertThat(stopAt(host).status()).isEqualTo(200);
        assertThat(stopped).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.evil.example:80",
                "127.evil.example",
                "0.0.0.0",
                "192.168.1.1",
                "[::2]:80",
                ""
            })
    void anyOtherNameMayNot(String host) throws IOException {
        Answer answer = stopAt(host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(stopped).isFalse();
        assertThat(client.get("/control/books").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /control/stop",
        "GET, /control/books",
        "POST, /events",
        "POST, /subscriptions",
        "DELETE, /subscriptions/x",
        "POST, /subscriptions/x/deliveries/y/redeliver",
        "OPTIONS, /events"
    })
    void whatChangesOrControlsIsRefusedToAnyOrigin(String method, String path) throws IOException {
        for (String origin : new String[] {"null", "http://evil.example", "http://localhost"}) {
            Answer answer = client.request(method, path, "{}".getBytes(StandardCharsets.US_ASCII), "Origin: " + origin);
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(stopped).isFalse();
        assertThat(provider.books().eventsServed()).isZero();
        assertThat(Providers.json(client.get("/events", "Origin: null")).path("data"))
                .isEmpty();
    }

    @Test
    void anEventIsPostedByHandWithAnyContentType() throws IOException {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "application/json"}) {
            assertThat(client.post("/events", "{}", "Content-Type: " + type).status())
                    .isEqualTo(201);
        }
        assertThat(client.post("/events", "{}").status()).isEqualTo(201);
    }
}
