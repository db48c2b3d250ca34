package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.stream.StreamTaker;
import dev.pushpull.http.WholeNumber;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/**
 * Looks at the bytes of an event stream on their way to OkHttp's reader for what that keeps to itself: comments, {@code
 * retry}, and the id of a block without data.
 */
final class SseBlocks extends ForwardingSource {
    private static final int MOST_DIGITS = 18;

    private final StreamTaker taker;

    /** The line that is arriving, without the data of events. */
    private final Buffer line = new Buffer();

    private boolean inData;
    private boolean hasData;
    private long retryMillis = -1;
    private long id = -1;
    private long endsInMillis = -1;

    SseBlocks(Source source, StreamTaker taker) {
        super(source);
        this.taker = taker;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long count = super.read(sink, byteCount);
        if (count > 0) {
            taker.heard();
            Buffer arrived = new Buffer();
            sink.copyTo(arrived, sink.size() - count, count);
            look(arrived);
        }
        return count;
    }

    private void look(Buffer arrived) throws IOException {
        while (!arrived.exhausted()) {
            long end = arrived.indexOf((byte) '\n');
            long length = end < 0 ? arrived.size() : end;
            inData |= line.size() == 0 && length > 0 && arrived.getByte(0) == 'd';
            if (inData) {
                arrived.skip(length);
            } else {
                line.write(arrived, length);
            }
            if (end >= 0) {
                arrived.skip(1);
                line(inData ? "data" : line.readUtf8());
                inData = false;
            }
        }
    }

    private void line(String text) {
        if (text.isEmpty()) {
            block();
        } else if (text.startsWith(":")) {
            taker.heartbeat();
        } else if (text.equals("data")) {
            hasData = true;
        } else if (text.startsWith("retry: ")) {
            retryMillis = WholeNumber.in(text.substring("retry: ".length()), MOST_DIGITS);
        } else if (text.startsWith("id: ")) {
            id = WholeNumber.in(text.substring("id: ".length()), MOST_DIGITS);
        } else if (text.startsWith(SseWire.ENDS)) {
            endsInMillis = WholeNumber.in(text.substring(SseWire.ENDS.length()), MOST_DIGITS);
        }
    }

    private void block() {
        if (!hasData && retryMillis >= 0 && id >= 0) {
            taker.told(retryMillis, id, endsInMillis);
        }
        hasData = false;
        retryMillis = -1;
        id = -1;
        endsInMillis = -1;
    }
}
