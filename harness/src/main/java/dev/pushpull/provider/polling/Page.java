package dev.pushpull.provider.polling;

import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * A page of events on its way to the reader. A large page is never built whole: it is copied from the events in the log
 * in pieces that can be written at once. A client that does not read costs only its position in the page.
 */
final class Page implements ChannelListener<StreamSinkChannel> {
    private static final byte[] START = "{\"data\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = {','};

    /** Up to this size a copy is cheaper than avoiding one. */
    private static final int SMALL_BYTES = 16 << 10;

    /** The most that one write takes. */
    private static final int BUFFERS = 4;

    private final List<StoredEvent> events;
    private final byte[] end;
    private final int pieces;
    private final long length;
    private HttpServerExchange exchange;
    private int piece;
    private int offset;

    private Page(List<StoredEvent> events, byte[] end) {
        this.events = events;
        this.end = end;
        this.pieces = 2 * Math.max(1, events.size()) + 1;
        long bytes = START.length + end.length + Math.max(0, events.size() - 1);
        for (StoredEvent event : events) {
            bytes += event.json().length;
        }
        this.length = bytes;
    }

    static Page of(Slice slice, boolean hasMore) {
        return new Page(
                slice.events(),
                ("],\"next_cursor\":\"" + slice.end() + "\",\"has_more\":" + hasMore + "}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** The opening, the events with commas between them, and the end. */
    private byte[] piece(int number) {
        if (number == 0) {
            return START;
        }
        if (number == pieces - 1) {
            return end;
        }
        return number % 2 == 0
                ? COMMA
                : events.isEmpty() ? new byte[0] : events.get(number / 2).json();
    }

    /** Called once, on the I/O thread. */
    void answer(HttpServerExchange asked) {
        if (length <= SMALL_BYTES) {
            asked.getResponseSender().send(whole());
            return;
        }
        exchange = asked;
        exchange.setResponseContentLength(length);
        handleEvent(exchange.getResponseChannel());
    }

    /** Copies all of it at once. */
    ByteBuffer whole() {
        ByteBuffer whole = ByteBuffer.allocate((int) length);
        fill(whole);
        return whole.flip();
    }

    /** Copies as much as there is room for, from the current position. */
    private void fill(ByteBuffer target) {
        while (piece < pieces && target.hasRemaining()) {
            byte[] from = piece(piece);
            int count = Math.min(target.remaining(), from.length - offset);
            target.put(from, offset, count);
            move(count);
        }
    }

    /** Advances by this many bytes of the current piece. */
    private void move(int count) {
        offset += count;
        if (offset == piece(piece).length) {
            piece++;
            offset = 0;
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel channel) {
        PooledByteBuffer[] pooled = new PooledByteBuffer[BUFFERS];
        try {
            ByteBuffer[] buffers = new ByteBuffer[BUFFERS];
            for (int i = 0; i < BUFFERS; i++) {
                pooled[i] = exchange.getConnection().getByteBufferPool().allocate();
                buffers[i] = pooled[i].getBuffer();
            }
            while (piece < pieces) {
                if (!writeSome(channel, buffers)) {
                    channel.getWriteSetter().set(this);
                    channel.resumeWrites();
                    return;
                }
            }
            finish(channel);
        } catch (IOException e) {
            IoUtils.safeClose(exchange.getConnection());
            exchange.endExchange();
        } finally {
            for (PooledByteBuffer one : pooled) {
                IoUtils.safeClose(one);
            }
        }
    }

    /** @return whether everything that was copied was written */
    private boolean writeSome(StreamSinkChannel channel, ByteBuffer[] buffers) throws IOException {
        int fromPiece = piece;
        int fromOffset = offset;
        int copied = 0;
        for (ByteBuffer buffer : buffers) {
            fill(buffer.clear());
            copied += buffer.flip().remaining();
        }
        long left = copied;
        long written = 1;
        while (left > 0 && written > 0) {
            written = channel.write(buffers);
            left -= written;
        }
        if (left == 0) {
            return true;
        }
        piece = fromPiece;
        offset = fromOffset;
        for (long taken = copied - left; taken > 0; ) {
            int count = (int) Math.min(taken, piece(piece).length - offset);
            move(count);
            taken -= count;
        }
        return false;
    }

    private void finish(StreamSinkChannel channel) throws IOException {
        channel.suspendWrites();
        channel.shutdownWrites();
        if (channel.flush()) {
            exchange.endExchange();
            return;
        }
        channel.getWriteSetter()
                .set(ChannelListeners.flushingChannelListener(flushed -> exchange.endExchange(), (broken, failure) -> {
                    IoUtils.safeClose(exchange.getConnection());
                    exchange.endExchange();
                }));
        channel.resumeWrites();
    }
}
