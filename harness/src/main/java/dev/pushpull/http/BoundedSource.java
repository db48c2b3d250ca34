package dev.pushpull.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A request's body that breaks off after this many bytes. Undertow's own limit adds the rest of a chunk at every read,
 * so it cuts off chunked bodies far too early; this one counts the bytes that were read.
 */
final class BoundedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private long remaining;

    BoundedSource(StreamSourceConduit next, long mostBytes) {
        super(next);
        this.remaining = mostBytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return (int) counted(next.read(target));
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return counted(next.read(targets, offset, length));
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return counted(next.transferTo(position, Math.min(count, remaining + 1), target));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return counted(next.transferTo(Math.min(count, remaining + 1), through, target));
    }

    private long counted(long count) throws IOException {
        remaining -= Math.max(0, count);
        if (remaining < 0) {
            throw new IOException("the body does not end");
        }
        return count;
    }
}
