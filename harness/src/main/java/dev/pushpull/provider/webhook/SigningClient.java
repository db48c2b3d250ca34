package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.DirectHttpClient;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.OkHttpPostClient;
import dev.pushpull.http.PostClient;
import dev.pushpull.http.WireTotals;
import dev.pushpull.signing.Message;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.WebhookBody;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** Posts events, signed by the subscription's scheme. */
final class SigningClient implements AutoCloseable {
    private final Map<String, String> ownHeaders;
    private final WebhookBody bodies;
    private final boolean gathers;
    private final PostClient client;

    SigningClient(ProviderSettings settings, CallbackHosts hosts, RoleThreads threads) {
        this.ownHeaders = settings.webhooks().headers();
        this.bodies = settings.body();
        this.gathers = settings.batching().rule().gathers();
        Duration connect = Duration.ofNanos(settings.webhooks().connectTimeoutNanos());
        Duration response = Duration.ofNanos(settings.webhooks().responseTimeoutNanos());
        this.client = switch (settings.webhooks().sender()) {
            case OWN ->
                new DirectHttpClient(
                        new DirectHttpClient.Settings(connect, response, settings.transport()), threads, hosts);
            case OKHTTP -> new OkHttpPostClient(connect, response, settings.transport(), threads, hosts);
        };
    }

    /**
     * Signs and posts, as {@link PostClient#post} does.
     *
     * @param epochSeconds the timestamp of the signature
     */
    void post(Parcel parcel, long epochSeconds, Consumer<Exchange> over) {
        Subscription subscription = parcel.subscription();
        List<StoredEvent> events = parcel.events();
        byte[] body = gathers ? bodies.of(events) : bodies.of(events.get(0));
        HttpUrl url = subscription.target(body);
        Map<String, String> signature = subscription
                .scheme()
                .sign(subscription.secret(), parcel.id(), epochSeconds, Message.of(body, url.toString()));
        client.post(url, withOwn(signature), body, over);
    }

    private Map<String, String> withOwn(Map<String, String> signature) {
        if (ownHeaders.isEmpty()) {
            return signature;
        }
        Map<String, String> all = new LinkedHashMap<>(signature);
        all.putAll(ownHeaders);
        return all;
    }

    /** @param attempts requests sent, as the caller counts them */
    WireTotals totals(long attempts) {
        return client.totals(attempts);
    }

    /** Requests that were sent twice, as {@link PostClient} tells. */
    long resent() {
        return client.resent();
    }

    /** Breaks off all unfinished requests. */
    void cancelAll() {
        client.cancelAll();
    }

    @Override
    public void close() {
        client.close();
    }
}
