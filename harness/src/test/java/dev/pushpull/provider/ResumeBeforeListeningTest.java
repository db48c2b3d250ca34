package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.ForwardingOutbox;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that come while a source is still restoring its state wait until it has finished. */
@Tag("live")
class ResumeBeforeListeningTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private CompletableFuture<HttpResponse<String>> answer;
    private boolean answeredTooEarly;

    /** A source that left one delivery open, to an address where nobody listens; it ends once the source continues. */
    private final class Outlived extends ForwardingOutbox {
        private final URI events;

        Outlived(URI events) {
            this.events = events;
        }

        @Override
        public Kept kept(int mostEvents) {
            return new Kept(List.of(), List.of(), Map.of(), List.of(new Delivery(41, "sub_gone", 1)), 41);
        }

        @Override
        public CompletableFuture<Void> ended(long number) {
            answer = client.sendAsync(
                    HttpRequest.newBuilder(events)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            try {
                answer.get(1, TimeUnit.SECONDS);
                answeredTooEarly = true;
            } catch (TimeoutException | ExecutionException e) {
                // correct: it is not answered yet, or turned away
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.ended(number);
        }
    }

    @Test
    @Timeout(30)
    void aRequestIsAnsweredWhenAllThatWasOwedIsKnown() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        URI events = URI.create("http://127.0.0.1:" + port + "/events");
        try (ScriptedServer any = new ScriptedServer(request -> ScriptedServer.Reply.status(200))) {
            client.send( // a first request takes long, and a premature answer must have time to arrive
                    HttpRequest.newBuilder(any.address()).build(), HttpResponse.BodyHandlers.ofString());
        }
        try (ProviderServer provider = new ProviderServer(
                new ProviderSettings("127.0.0.1", port, 1000, Scenarios.webhooks(RetrySchedule.NONE), 1, Set.of()),
                new Outlived(events),
                new RoleThreads("test", RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                AttemptListener.NONE)) {
            assertThat(answeredTooEarly).isFalse();
            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode())
                    .as("and then it is")
                    .isEqualTo(201);
            assertThat(provider.books().polls()).isZero();
        }
    }
}
