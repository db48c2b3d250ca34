package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A web page that a user happens to open cannot do anything to a provider on the same machine. */
class WebPagesInBrowserTest extends Browser {
    private final List<String> controlled = new CopyOnWriteArrayList<>();
    private ProviderServer provider;

    @BeforeEach
    void start() {
        controlled.clear();
        provider = Providers.keeping(1000);
        provider.controlledBy(new EventControl() {
            @Override
            public void arm() {
                controlled.add("arm");
            }

            @Override
            public void start() {
                controlled.add("start");
            }

            @Override
            public void stop() {
                controlled.add("stop");
            }

            @Override
            public Map<String, Object> books() {
                return Map.of("events", 7);
            }
        });
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aPageCannotControlItNorPostEventsNorSubscribe() throws IOException {
        String id =
                Providers.subscribe(provider, "http://127.0.0.1:9/").path("id").asText();
        open("<!doctype html><title>a page</title>");

        driver().executeAsyncScript("""
                const [at, id, done] = arguments;
                const simple = (method, path, body) =>
                    fetch(at + path, {method, body, mode: 'no-cors', headers: {'Content-Type': 'text/plain'}})
                        .catch(() => 0);
                Promise.all([
                    simple('POST', '/control/stop'), simple('POST', '/control/arm'), simple('POST', '/control/start'),
                    simple('POST', '/events', '{"stream":"forged"}'),
                    simple('POST', '/subscriptions', '{"url":"http://127.0.0.1:9/"}'),
                    fetch(at + '/subscriptions/' + id, {method: 'DELETE'}).catch(() => 0)])
                    .then(() => done());""", provider.address().toString(), id);
        long before = provider.books().served().requests();
        script("""
                document.body.innerHTML = '<form method=post action="' + arguments[0] + '/control/stop"></form>';
                document.forms[0].submit();""", provider.address().toString());
        eventually("the form is sent", () -> provider.books().served().requests() > before);

        assertThat(before).as("requests, most of the page's").isGreaterThanOrEqualTo(6);
        assertThat(controlled).isEmpty();
        try (RawClient client = new RawClient(provider.address())) {
            assertThat(Providers.json(client.get("/events")).path("data")).isEmpty();
            assertThat(Providers.json(client.get("/subscriptions")).path("data"))
                    .hasSize(1);
            assertThat(client.post("/control/start", "").status()).isEqualTo(200);
        }
        assertThat(controlled).containsExactly("start");
    }

    @Test
    void aPageWhoseHostWasGivenOurAddressReadsNoBooks() throws IOException {
        // the browser then sends a same-origin request; only its Host reveals it
        try (RawClient client = new RawClient(provider.address())) {
            client.send(("GET /control/books HTTP/1.1\r\nHost: rebound.example:"
                            + provider.address().getPort() + "\r\nConnection: close\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(client.answer().status()).isEqualTo(403);
        }
    }
}
