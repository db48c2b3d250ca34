package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /subscriptions}: registering, reading and ending. */
@Tag("live")
class SubscriptionsTest {
    private ScriptedServer receiver;
    private ProviderServer provider;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        receiver = new ScriptedServer(request -> Reply.status(200));
        provider = Providers.sending(Scenarios.webhooks(RetrySchedule.NONE));
        client = new RawClient(provider.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        provider.close();
        receiver.close();
    }

    @Test
    void aNewSubscriptionGetsAnIdAndASecretOfItsOwn() throws IOException {
        Answer first = subscribe("{\"url\":\"" + receiver.url("/hook") + "\",\"stream\":\"a\"}");
        Answer second = subscribe(
                "{\"url\":\"" + receiver.url("/hook") + "\",\"stream\":\"a\",\"scheme\":\"standard-webhooks\"}");

        assertThat(first.status()).isEqualTo(201);
        JsonNode created = Providers.json(first);
        assertThat(created.path("id").asText()).startsWith("sub_");
        assertThat(created.path("url").asText()).isEqualTo(receiver.url("/hook"));
        assertThat(created.path("scheme").asText()).isEqualTo("standard-webhooks");
        assertThat(created.path("stream").asText()).isEqualTo("a");
        new StandardWebhooks().checkSecret(created.path("secret").asText());
        assertThat(Providers.json(second).path("id")).isNotEqualTo(created.path("id"));
        assertThat(Providers.json(second).path("secret")).isNotEqualTo(created.path("secret"));
    }

    @Test
    void aGivenSecretIsKept() throws IOException {
        String secret = new StandardWebhooks().newSecret();

        Answer answer = subscribe("{\"url\":\"" + receiver.url("/hook") + "\",\"secret\":\"" + secret + "\"}");

        assertThat(Providers.json(answer).path("secret").asText()).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{\"url\":\"http://127.0.0.1/\"} and more"})
    void malformedJsonIsABadRequest(String body) throws IOException {
        Answer answer = subscribe(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":\"\"}",
                "{\"url\":7}",
                "{\"url\":\"not a url\"}",
                "{\"url\":\"/hook\"}",
                "{\"url\":\"ftp://127.0.0.1/hook\"}",
                "{\"url\":\"file:///etc/passwd\"}",
                "{\"url\":\"http:///hook\"}",
                "{\"url\":\"http://user:password@127.0.0.1/hook\"}",
                "{\"url\":\"http://user@127.0.0.1/hook\"}",
                "{\"url\":\"http://127.0.0.1:99999/hook\"}",
                "{\"url\":\"http://127.0.0.1:0/hook\"}",
                "{\"url\":\"http://192.0.2.1/hook\"}",
                "{\"url\":\"http://169.254.169.254/latest/meta-data\"}",
                "{\"url\":\"http://0.0.0.0/hook\"}",
                "{\"url\":\"http://[2001:db8::1]/hook\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"morse\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":7}",
                "{\"url\":\"http://127.0.0.1/hook\",\"stream\":5}",
                "{\"url\":\"http://127.0.0.1/hook\",\"stream\":{}}",
                "{\"url\":\"http://127.0.0.1/hook\",\"secret\":\"\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"secret\":\"whsec_short\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"secret\":\"whsec_%%%\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"secret\":5}",
                "{\"url\":\"http://127.0.0.1/hook\",\"secret\":[]}",
                "{\"url\":\"http://127.0.0.1/hook\",\"secret\":\" \"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"stripe\",\"secret\":\" \"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"stripe\",\"secret\":\"a  b\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"github\",\"secret\":\"  \"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"github\",\"secret\":5}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"github\",\"secret\":false}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"gitlab\",\"secret\":\" \"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"gitlab\",\"secret\":\" a\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"gitlab\",\"secret\":\"a\\nb\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"gitlab\",\"secret\":\"gr\u00f6\u00dfer\"}",
                "{\"url\":\"http://127.0.0.1/hook\",\"scheme\":\"none\"}",
                "{\"url\":\"http://127.0.0.1/hook#part\"}",
                "{\"url\":\"http://127.0.0.1/hook#\"}",
                "{\"url\":\"http://127.0.0.1/hook#part\",\"scheme\":\"twilio\"}",
                "{\"url\":\"http://127.0.0.1/hook?bodySHA256=0\",\"scheme\":\"twilio\"}"
            })
    void whatCannotBeCalledBackIsRefused(String body) throws IOException {
        Answer answer = subscribe(body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = Providers.json(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(Providers.json(client.get("/subscriptions")).path("data")).isEmpty();
    }

    @Test
    void aRefusalDoesNotRepeatAPassword() throws IOException {
        Answer answer = subscribe("{\"url\":\"http://user:s3cret@127.0.0.1/hook\"}");

        assertThat(answer.body()).contains("with user or password").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "\\udc00\\ud800"})
    void aStreamThatNoEventCanHaveIsRefused(String stream) throws IOException {
        Answer answer = subscribe("{\"url\":\"http://127.0.0.1/hook\",\"stream\":\"" + stream + "\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(Providers.json(client.get("/subscriptions")).path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/hook", "HTTP://127.0.0.1:8080/", "http://[::1]:9/x?y=z", "http://127.9.9.9"})
    void everyFormOfLoopbackIsAccepted(String url) throws IOException {
        assertThat(subscribe("{\"url\":\"" + url + "\"}").status()).isEqualTo(201);
    }

    @Test
    void listAndShowTellNoSecret() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(Providers.json(subscribe("{\"url\":\"" + receiver.url("/hook/" + i) + "\"}"))
                    .path("id")
                    .asText());
        }

        Answer list = client.get("/subscriptions");
        Answer shown = client.get("/subscriptions/" + ids.get(1));

        List<String> listed = new ArrayList<>();
        Providers.json(list)
                .path("data")
                .forEach(each -> listed.add(each.path("id").asText()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(Providers.json(shown).path("url").asText()).isEqualTo(receiver.url("/hook/1"));
        assertThat(Providers.json(shown).path("active").asBoolean()).isTrue();
        assertThat(list.body() + shown.body()).doesNotContain("secret").doesNotContain("whsec_");
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        String id = Providers.json(subscribe("{\"url\":\"" + receiver.url("/hook") + "\"}"))
                .path("id")
                .asText();

        assertThat(client.get("/subscriptions/sub_none").status()).isEqualTo(404);
        assertThat(client.request("DELETE", "/subscriptions/sub_none", null).status())
                .isEqualTo(404);
        assertThat(client.get("/subscriptions/" + id + "/secret").status()).isEqualTo(404);
        assertThat(client.get("/subscriptions/" + id + "/deliveries/dlv_1").status())
                .isEqualTo(404);
        assertThat(client.post("/subscriptions/" + id + "/deliveries/dlv_1/redeliver", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void otherMethodsAreNotAllowedAndSayWhichAre() throws IOException {
        String id = Providers.json(subscribe("{\"url\":\"" + receiver.url("/hook") + "\"}"))
                .path("id")
                .asText();

        Answer collection = client.request("DELETE", "/subscriptions", null);
        Answer one = client.post("/subscriptions/" + id, "{}");
        Answer log = client.post("/subscriptions/" + id + "/deliveries", "{}");
        Answer redeliver = client.get("/subscriptions/" + id + "/deliveries/dlv_1/redeliver");

        assertThat(List.of(collection.status(), one.status(), log.status(), redeliver.status()))
                .containsOnly(405);
        assertThat(List.of(
                        collection.header("allow"),
                        one.header("allow"),
                        log.header("allow"),
                        redeliver.header("allow")))
                .containsExactly("GET, POST", "GET, DELETE", "GET", "POST");
    }

    @Test
    void anEventGoesToThoseThatWantItsStreamAndThoseThatWantAllOnce() throws IOException {
        subscribe("{\"url\":\"" + receiver.url("/a") + "\",\"stream\":\"a\"}");
        subscribe("{\"url\":\"" + receiver.url("/b") + "\",\"stream\":\"b\"}");
        subscribe("{\"url\":\"" + receiver.url("/all") + "\"}");

        Providers.occur(provider, "a", "evt_a");
        Providers.occur(provider, "b", "evt_b");
        Providers.occur(provider, "", "evt_nameless"); // an empty name is a name too, not a request for all

        eventually("all are acknowledged", () -> provider.books().acknowledged() == 5);
        assertThat(receiver.taken())
                .extracting(taken -> taken.target() + " " + taken.header("webhook-id"))
                .containsExactlyInAnyOrder("/a evt_a", "/all evt_a", "/b evt_b", "/all evt_b", "/all evt_nameless");
        assertThat(provider.books().unfinished()).isEmpty();
    }

    @Test
    void noWebhookComesAfterASubscriptionWasEnded() throws IOException {
        String ended = Providers.json(subscribe("{\"url\":\"" + receiver.url("/ended") + "\"}"))
                .path("id")
                .asText();
        subscribe("{\"url\":\"" + receiver.url("/stays") + "\"}");
        Providers.occur(provider, "a", "evt_1");
        eventually("both have the first event", () -> provider.books().acknowledged() == 2);

        Answer deleted = client.request("DELETE", "/subscriptions/" + ended, null);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(client.get("/subscriptions/" + ended).status()).isEqualTo(404);
        assertThat(client.request("DELETE", "/subscriptions/" + ended, null).status())
                .isEqualTo(404);

        Providers.occur(provider, "a", "evt_2");
        eventually("the other has the second", () -> provider.books().acknowledged() == 3);
        eventually("nothing more is on its way", provider::idle);
        assertThat(receiver.taken())
                .extracting(taken -> taken.target() + " " + taken.header("webhook-id"))
                .containsExactlyInAnyOrder("/ended evt_1", "/stays evt_1", "/stays evt_2");
    }

    private Answer subscribe(String body) throws IOException {
        return client.post("/subscriptions", body, "Content-Type: application/json");
    }
}
