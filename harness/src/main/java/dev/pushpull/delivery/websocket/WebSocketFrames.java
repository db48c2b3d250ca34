package dev.pushpull.delivery.websocket;

import dev.pushpull.delivery.stream.StreamTaker;
import dev.pushpull.http.StreamedAnswer;
import dev.pushpull.http.WholeNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import okhttp3.internal.ws.WebSocketReader;
import okhttp3.internal.ws.WebSocketWriter;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;
import okio.ForwardingSource;
import okio.Okio;
import okio.Socket;
import okio.Source;

/**
 * Reads one WebSocket by OkHttp's own frames, on the thread that opened it, and answers on it. OkHttp's listener would
 * need a thread of its own pool for each, would not say that a ping came, and its bytes could not be counted.
 */
final class WebSocketFrames implements StreamedAnswer, WebSocketReader.FrameCallback {
    private static final Pattern TOLD =
            Pattern.compile("\"reconnect_ms\":(\\d+),\"after\":(\\d+)(?:,\"ends_in_ms\":(\\d+))?");
    private static final int NO_STATUS = 1005;
    private static final int TEXT = 1;
    private static final int MOST_DIGITS = 18;

    private final StreamTaker taker;
    private final boolean acknowledges;
    private WebSocketWriter writer;
    private long events;
    private boolean closed;

    WebSocketFrames(StreamTaker taker, boolean acknowledges) {
        this.taker = taker;
        this.acknowledges = acknowledges;
    }

    @Override
    public void read(Response response, Progress progress) throws IOException {
        Socket socket = response.socket();
        try (BufferedSource source = Okio.buffer(new Heard(socket.getSource()));
                BufferedSink sink = Okio.buffer(socket.getSink())) {
            taker.opened();
            WebSocketReader reader = new WebSocketReader(true, source, this, false, false);
            writer = new WebSocketWriter(true, sink, new Random(), false, false, 0);
            while (!closed) {
                reader.processNextFrame();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void onReadMessage(String text) throws IOException {
        if (text.startsWith(WebSocketWire.HELLO)) {
            Matcher told = TOLD.matcher(text);
            if (told.find()) {
                taker.told(
                        WholeNumber.in(told.group(1), MOST_DIGITS),
                        WholeNumber.in(told.group(2), MOST_DIGITS),
                        told.group(3) == null ? -1 : WholeNumber.in(told.group(3), MOST_DIGITS));
            }
            return;
        }
        taker.event(text, ++events);
        if (acknowledges) {
            writer.writeMessageFrame(TEXT, ByteString.encodeUtf8(WebSocketWire.acknowledgement(events)));
            taker.answered(true);
        }
    }

    @Override
    public void onReadMessage(ByteString bytes) throws IOException {
        throw new IOException("the provider sends no binary messages");
    }

    @Override
    public void onReadPing(ByteString payload) {
        taker.heartbeat();
        try {
            writer.writePong(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        taker.answered(false);
    }

    @Override
    public void onReadPong(ByteString payload) {
        // nobody sent a ping
    }

    @Override
    public void onReadClose(int code, String reason) {
        closed = true;
        try {
            boolean noReason = code == NO_STATUS; // which may be read, but not written (RFC 6455, section 7.4.1)
            writer.writeClose(noReason ? 0 : code, noReason ? null : ByteString.EMPTY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Heard extends ForwardingSource {
        Heard(Source source) {
            super(source);
        }

        @Override
        public long read(Buffer target, long byteCount) throws IOException {
            long count = super.read(target, byteCount);
            if (count > 0) {
                taker.heard();
            }
            return count;
        }
    }
}
