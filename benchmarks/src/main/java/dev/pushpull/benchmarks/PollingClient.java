package dev.pushpull.benchmarks;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Recorder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Polls a provider for the events of one stream as the poller does, whenever a benchmark says so. */
final class PollingClient implements AutoCloseable {
    private static final int NOT_MODIFIED = 304;

    private final ProviderClient client;
    private final HttpUrl resource;

    PollingClient(URI provider, String stream, int limit) {
        client = new ProviderClient(provider, NanoClock.SYSTEM, new Recorder(1), 1, 0);
        resource = client.at("events")
                .addQueryParameter("stream", stream)
                .addQueryParameter("limit", Integer.toString(limit))
                .build();
    }

    /** The request for what comes after a cursor. */
    Request request(String cursor) {
        return new Request.Builder()
                .url(resource.newBuilder().addQueryParameter("after", cursor).build())
                .build();
    }

    /**
     * Makes one poll and parses its answer; returns a page without events when nothing has changed.
     *
     * @param validator for {@code If-None-Match}; null for none
     */
    EventPage poll(String cursor, String validator) throws IOException {
        Request request = request(cursor);
        if (validator != null) {
            request = request.newBuilder().header("If-None-Match", validator).build();
        }
        Exchange exchange = client.execute(request);
        if (exchange.status() == NOT_MODIFIED) {
            return new EventPage(List.of(), cursor, false);
        }
        if (!exchange.successful()) {
            throw new IOException("a poll was answered with " + exchange.status() + " " + exchange.error());
        }
        return EventJson.decodePage(exchange.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
