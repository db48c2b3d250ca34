package dev.pushpull.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.Buffers;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/** The state of a served connection: what it waits for, and since when. */
final class ServedConnection implements ExchangeCompletionListener {
    /** Run when the connection is closed because its request took too long to arrive. */
    static final AttachmentKey<Runnable> GIVEN_UP = AttachmentKey.create(Runnable.class);

    /** Up to this size, head and body are copied and written as one: two buffers take the system longer. */
    private static final int SHORT_BYTES = 4 << 10;

    private static final ThreadLocal<ByteBuffer> COPY =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SHORT_BYTES));

    private final StreamConnection channel;
    private final Connections all;
    private final ServedPorts.Count count;
    private final HeadBytes head = new HeadBytes();

    // Connections owns the fields below; they are used only under its lock

    Connections.Queue queue;
    ServedConnection previous;
    ServedConnection next;
    long sinceNanos;

    /** Whether nothing is in progress; the I/O thread also uses this without the lock. */
    volatile boolean idle;

    /** Whether a head came in one piece and no handler has seen it yet; used on the I/O thread alone. */
    boolean inOnePiece;

    /** The exchange in progress, from the end of its head to the end of its answer; otherwise null. */
    HttpServerExchange exchange;

    /** Whether it speaks another protocol than HTTP by now: then nothing that arrives is a request. */
    private volatile boolean upgraded;

    private volatile boolean answerWaits;
    private final AtomicLong takenBytes = new AtomicLong();
    private boolean watched;
    private long watchedSinceNanos;
    private long takenBefore;

    ServedConnection(StreamConnection channel, Connections all, ServedPorts.Count count) {
        this.channel = channel;
        this.all = all;
        this.count = count;
        channel.getSourceChannel()
                .setConduit(new Received(channel.getSourceChannel().getConduit()));
        channel.getSinkChannel().setConduit(new Sent(channel.getSinkChannel().getConduit()));
    }

    Connections all() {
        return all;
    }

    StreamConnection channel() {
        return channel;
    }

    ServedPorts.Count count() {
        return count;
    }

    /** The head of the current request. */
    HeadBytes head() {
        return head;
    }

    /** Whether the current request has been read completely. */
    boolean isRequestThere() {
        return exchange != null && exchange.isRequestComplete();
    }

    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener nextListener) {
        if (ended.isUpgrade()) {
            upgraded = true;
            all.upgraded(this);
            nextListener.proceed();
            return;
        }
        head.nextRequest();
        PooledByteBuffer ahead = ((HttpServerConnection) ended.getConnection()).getExtraBytes();
        boolean goesOn = ahead != null && ahead.getBuffer().hasRemaining();
        if (goesOn) {
            ByteBuffer bytes = ahead.getBuffer();
            head.see(bytes, bytes.position(), bytes.limit());
        }
        // a connection to be closed must go soon; bytes that came ahead of time are a request that has begun
        all.answered(this, ended.isPersistent() && !goesOn);
        nextListener.proceed();
    }

    /** Whether an answer waits for a peer that read too few bytes in too long a time. Called again and again. */
    boolean leavesItsAnswer(long nowNanos, long nanos, long leastBytes) {
        if (!answerWaits) {
            watched = false;
            return false;
        }
        if (watched && nowNanos - watchedSinceNanos <= nanos) {
            return false;
        }
        boolean leaves = watched && takenBytes.get() - takenBefore < leastBytes;
        watched = true;
        watchedSinceNanos = nowNanos;
        takenBefore = takenBytes.get();
        return leaves;
    }

    /** Closes it, and notifies those who wait for it. Called on the I/O thread. */
    void close() {
        HttpServerExchange current = exchange;
        ConduitStreamSinkChannel sink = channel.getSinkChannel();
        boolean somebodyWrites = sink.isWriteResumed();
        Runnable told = current == null || current.isRequestComplete() ? null : current.getAttachment(GIVEN_UP);
        IoUtils.safeClose(channel);
        if (told != null) {
            told.run();
        }
        if (somebodyWrites) {
            ChannelListeners.invokeChannelListener(sink, sink.getWriteListener());
        }
    }

    /** A head that came in one piece is handled or refused at once, so nothing can wait for its end. */
    private void begins() {
        if (head.isComplete()) {
            idle = false;
            inOnePiece = true;
        } else {
            all.begins(this);
        }
    }

    /** Copies the sources and writes the copy, as far as the socket takes it; they advance by as much. */
    static int writeAsOne(StreamSinkConduit socket, ByteBuffer[] sources, int offset, int length) throws IOException {
        ByteBuffer copy = COPY.get().clear();
        for (int i = offset; i < offset + length; i++) {
            copy.put(sources[i].duplicate());
        }
        int count = socket.write(copy.flip());
        Buffers.trySkip(sources, offset, length, count);
        return count;
    }

    private final class Received extends AbstractStreamSourceConduit<StreamSourceConduit> {
        Received(StreamSourceConduit socket) {
            super(socket);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int from = target.position();
            int count = super.read(target);
            if (count > 0 && !upgraded) {
                head.see(target, from, from + count);
                if (idle) {
                    begins();
                }
            }
            return count;
        }
    }

    private final class Sent extends AbstractStreamSinkConduit<StreamSinkConduit> {
        Sent(StreamSinkConduit socket) {
            super(socket);
        }

        private void took(long bytes, boolean everything) {
            takenBytes.lazySet(takenBytes.get() + bytes);
            if (answerWaits == everything) {
                answerWaits = !everything;
            }
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int count = super.write(source);
            took(count, !source.hasRemaining());
            return count;
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            long bytes = Buffers.remaining(sources, offset, length);
            long count = bytes <= SHORT_BYTES
                    ? writeAsOne(next, sources, offset, length)
                    : super.write(sources, offset, length);
            took(count, count == bytes);
            return count;
        }

        @Override
        public int writeFinal(ByteBuffer source) throws IOException {
            int count = super.writeFinal(source);
            took(count, !source.hasRemaining());
            return count;
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
            long count = super.writeFinal(sources, offset, length);
            took(count, !Buffers.hasRemaining(sources, offset, length));
            return count;
        }

        @Override
        public boolean flush() throws IOException {
            boolean everything = super.flush();
            took(0, everything);
            return everything;
        }
    }
}
