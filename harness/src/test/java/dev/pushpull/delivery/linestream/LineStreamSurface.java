package dev.pushpull.delivery.linestream;

import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.http.WholeNumber;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Problem;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * {@code GET /lines?stream=NAME&after=CURSOR}: the events of a stream after a cursor, a line each, as long as wanted.
 */
final class LineStreamSurface implements Surface {
    private static final int MOST_EVENTS_A_WRITE = 100;
    private static final long MOST_BYTES_A_WRITE = 1 << 20;
    private static final int MOST_DIGITS = 18;

    private final Source source;
    private final Map<String, Set<Lines>> open = new ConcurrentHashMap<>();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean lettingGo;

    LineStreamSurface(Source source) {
        this.source = source;
    }

    @Override
    public boolean takes(HttpServerExchange exchange) {
        return exchange.getRelativePath().equals(LineStreamWire.PATH);
    }

    @Override
    public void answer(HttpServerExchange exchange) {
        String stream = parameter(exchange, "stream");
        String cursor = parameter(exchange, "after");
        long after = cursor == null ? 0 : WholeNumber.in(cursor, MOST_DIGITS);
        if (!exchange.getRequestMethod().equals(Methods.GET)) {
            Problem.notAllowed(exchange, "GET", "GET " + LineStreamWire.PATH);
        } else if (stream == null || after < 0) {
            new Problem(StatusCodes.BAD_REQUEST, "Bad request", "accepted: ?stream=NAME&after=SEQUENCE")
                    .answer(exchange);
        } else {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, LineStreamWire.TYPE);
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> new Lines(exchange, stream, after).begin());
        }
    }

    private static String parameter(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? null : values.peekFirst();
    }

    @Override
    public Dispatch place(StoredEvent event) {
        Set<Lines> waiting = open.get(event.event().stream());
        return waiting == null ? Dispatch.NOTHING : intendedNanos -> waiting.forEach(Lines::wake);
    }

    @Override
    public void letGo() {
        lettingGo = true;
        open.values().forEach(waiting -> waiting.forEach(Lines::wake));
    }

    @Override
    public List<Counter> counters() {
        return List.of(new Counter(
                LineStreamWire.EVENTS,
                Side.SENT,
                "written",
                written.get(),
                Begins.CONSUMER,
                LineStreamWire.MOST_UNDER_WAY,
                true));
    }

    /** One unending response. Used only by the I/O thread of its exchange. */
    private final class Lines implements ChannelListener<StreamSinkChannel> {
        private final HttpServerExchange exchange;
        private final String stream;
        private StreamSinkChannel channel;
        private ByteBuffer pending = ByteBuffer.allocate(0);
        private long cursor;
        private long events;
        private boolean over;

        Lines(HttpServerExchange exchange, String stream, long after) {
            this.exchange = exchange;
            this.stream = stream;
            this.cursor = after;
        }

        void begin() {
            channel = exchange.getResponseChannel();
            channel.getWriteSetter().set(this);
            open.computeIfAbsent(stream, name -> ConcurrentHashMap.newKeySet()).add(this);
            handleEvent(channel); // once it can be woken, so that nothing is missed
        }

        /** There may be something to write. */
        void wake() {
            exchange.getIoThread().execute(() -> handleEvent(channel));
        }

        @Override
        public void handleEvent(StreamSinkChannel sink) {
            if (over) {
                return;
            }
            try {
                boolean taken = true;
                while (taken && fill()) {
                    taken = write(sink);
                }
                if (taken && lettingGo) {
                    sink.shutdownWrites();
                }
                if (!taken || !sink.flush()) {
                    sink.resumeWrites();
                    return;
                }
                sink.suspendWrites();
                if (lettingGo) {
                    end();
                }
            } catch (IOException e) {
                IoUtils.safeClose(exchange.getConnection());
                end();
            }
        }

        /** Whether there is anything to write. */
        private boolean fill() {
            if (pending.hasRemaining()) {
                return true;
            }
            Slice slice = source.log().read(stream, cursor, MOST_EVENTS_A_WRITE, MOST_BYTES_A_WRITE);
            cursor = Math.max(cursor, slice.end());
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (StoredEvent event : slice.events()) {
                lines.writeBytes(event.json());
                lines.write('\n');
            }
            pending = ByteBuffer.wrap(lines.toByteArray());
            events += slice.events().size();
            written.addAndGet(slice.events().size());
            MeteredHttpServer.answersWith(exchange, events);
            return pending.hasRemaining();
        }

        private boolean write(StreamSinkChannel sink) throws IOException {
            while (pending.hasRemaining()) {
                if (sink.write(pending) == 0) {
                    return false;
                }
            }
            return true;
        }

        private void end() {
            over = true;
            open.get(stream).remove(this);
            exchange.endExchange();
        }
    }
}
