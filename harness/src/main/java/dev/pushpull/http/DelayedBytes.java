package dev.pushpull.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Bytes on their way in one direction, in order, each chunk with the time at which it must arrive. */
final class DelayedBytes {
    /** More bytes stay with the sender, as with a full window. */
    private static final long MOST_BYTES = 16 << 20;

    private final Runnable passOn;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private long bytes;
    private boolean ended;

    /** @param bytes null for the end */
    private record Chunk(long dueNanos, ByteBuffer bytes) {}

    /** @param passOn called when something is due */
    DelayedBytes(Runnable passOn) {
        this.passOn = passOn;
    }

    void passOn() {
        passOn.run();
    }

    /** When the first chunk is due; only when there is one. */
    long dueNanos() {
        return chunks.peekFirst().dueNanos();
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    /** Whether the end has been passed on. */
    boolean ended() {
        return ended;
    }

    /**
     * Reads what is there; false when nothing more will ever come.
     *
     * @param buffer to read into; empty before and after
     * @param heard told of each part
     */
    boolean readFrom(SocketChannel from, ByteBuffer buffer, long dueNanos, Consumer<ByteBuffer> heard)
            throws IOException {
        int count;
        while ((count = from.read(buffer)) > 0) {
            add(buffer, dueNanos);
            heard.accept(chunks.peekLast().bytes());
            if (isFull()) {
                return true;
            }
        }
        if (count < 0) {
            end(dueNanos);
        }
        return count >= 0;
    }

    private void add(ByteBuffer buffer, long dueNanos) {
        buffer.flip();
        ByteBuffer chunk = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        buffer.clear();
        bytes += chunk.remaining();
        chunks.addLast(new Chunk(inOrder(dueNanos), chunk));
    }

    /** No more bytes come. */
    void end(long dueNanos) {
        chunks.addLast(new Chunk(inOrder(dueNanos), null));
    }

    private long inOrder(long dueNanos) {
        return chunks.isEmpty() || dueNanos - chunks.peekLast().dueNanos() > 0
                ? dueNanos
                : chunks.peekLast().dueNanos();
    }

    /** Passes on what is due; true when the other side accepts no more for now. */
    boolean writeTo(SocketChannel to, long nowNanos) throws IOException {
        while (!chunks.isEmpty() && dueNanos() - nowNanos <= 0) {
            ByteBuffer chunk = chunks.peekFirst().bytes();
            if (chunk == null) {
                ended = true;
            } else {
                bytes -= to.write(chunk);
                if (chunk.hasRemaining()) {
                    return true;
                }
            }
            chunks.removeFirst();
        }
        return false;
    }
}
