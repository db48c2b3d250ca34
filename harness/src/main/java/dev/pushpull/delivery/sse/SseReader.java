package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.stream.StreamTaker;
import dev.pushpull.http.StreamedAnswer;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSource;
import okio.Okio;

/**
 * Reads one event stream by OkHttp's SSE, and what that does not pass on, by {@link SseBlocks}. Used by one thread.
 */
final class SseReader extends EventSourceListener implements StreamedAnswer {
    private final StreamTaker taker;
    private long events;
    private IOException failure;

    SseReader(StreamTaker taker) {
        this.taker = taker;
    }

    @Override
    public void read(Response response, Progress progress) throws IOException {
        BufferedSource watched = Okio.buffer(new SseBlocks(response.body().source(), taker));
        EventSources.processResponse(
                response.newBuilder()
                        .body(new Body(response.body().contentType(), watched))
                        .build(),
                this);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void onOpen(EventSource source, Response response) {
        taker.opened();
    }

    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
        taker.event(data, ++events);
    }

    @Override
    public void onFailure(EventSource source, Throwable cause, Response response) {
        failure = cause instanceof IOException broken ? broken : new IOException("this is no event stream", cause);
    }

    private static final class Body extends ResponseBody {
        private final MediaType type;
        private final BufferedSource source;

        Body(MediaType type, BufferedSource source) {
            this.type = type;
            this.source = source;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
