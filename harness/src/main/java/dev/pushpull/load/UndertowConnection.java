package dev.pushpull.load;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.util.HttpString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * One connection of the non-blocking driver, with one request at a time. It lives on the I/O thread; what it needs for
 * a request is allocated once.
 */
final class UndertowConnection implements ClientCallback<ClientExchange> {
    private final DueRequests requests;
    private final ClientConnection connection;
    private final LoadRequest template;
    private final ClientRequest request = new ClientRequest();
    private final ClientCallback<ClientExchange> whenAnswered = new Answered();
    private final ChannelListener<StreamSourceChannel> whenReadable = this::read;
    /** Empty unless the body of an answer matters. */
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private boolean underWay;
    private boolean abandoned;
    private int status;
    private long dueNanos;
    private long sentNanos;
    private long freeNanos;

    UndertowConnection(
            DueRequests requests, ClientConnection connection, LoadRequest template, String authority, long nowNanos) {
        this.requests = requests;
        this.connection = connection;
        this.template = template;
        this.freeNanos = nowNanos;
        request.setMethod(new HttpString(template.method())).setPath(template.path());
        request.getRequestHeaders().put(new HttpString("Host"), authority);
        template.headers().forEach((name, value) -> request.getRequestHeaders().put(new HttpString(name), value));
        if (template.body().length > 0) {
            request.getRequestHeaders().put(new HttpString("Content-Length"), template.body().length);
        }
    }

    /** Sends the request; the driver is told how it ended. */
    void send(long due, long now) {
        dueNanos = due;
        sentNanos = now;
        underWay = true;
        connection.sendRequest(request, this);
    }

    /** What differs from the previous request. */
    void header(HttpString name, String value) {
        request.getRequestHeaders().put(name, value);
    }

    /** The target, when it differs from that of the previous request. */
    void path(String path) {
        request.setPath(path);
    }

    /** The request is being sent. */
    @Override
    public void completed(ClientExchange exchange) {
        exchange.setResponseListener(whenAnswered);
        if (template.body().length > 0) {
            write(exchange.getRequestChannel(), ByteBuffer.wrap(template.body()));
        }
    }

    private void write(StreamSinkChannel channel, ByteBuffer rest) {
        try {
            while (rest.hasRemaining()) {
                if (channel.writeFinal(rest) == 0 && rest.hasRemaining()) {
                    channel.getWriteSetter().set(writable -> write(channel, rest));
                    channel.resumeWrites();
                    return;
                }
            }
            if (!channel.flush()) {
                channel.getWriteSetter().set(ChannelListeners.flushingChannelListener(null, (broken, e) -> failed(e)));
                channel.resumeWrites();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void failed(IOException e) {
        if (underWay && !abandoned) {
            underWay = false;
            IoUtils.safeClose(connection);
            requests.broken(this);
        }
    }

    private final class Answered implements ClientCallback<ClientExchange> {
        @Override
        public void completed(ClientExchange exchange) {
            status = exchange.getResponse().getResponseCode();
            StreamSourceChannel channel = exchange.getResponseChannel();
            channel.getReadSetter().set(whenReadable);
            read(channel);
        }

        @Override
        public void failed(IOException e) {
            UndertowConnection.this.failed(e);
        }
    }

    private void read(StreamSourceChannel channel) {
        ByteBuffer buffer = requests.buffer();
        try {
            while (true) {
                buffer.clear();
                int read = channel.read(buffer);
                if (read < 0) {
                    break;
                }
                if (read == 0) {
                    channel.resumeReads();
                    return;
                }
                if (template.kind() == LoadRequest.Kind.HELD) {
                    body.write(buffer.array(), buffer.arrayOffset(), read);
                }
            }
        } catch (IOException e) {
            failed(e);
            return;
        }
        if (underWay && !abandoned) {
            underWay = false;
            freeNanos = requests.now();
            requests.answered(this);
        }
    }

    /** The body of the answer; can be taken once. */
    byte[] takeBody() {
        byte[] taken = body.toByteArray();
        body.reset();
        return taken;
    }

    int status() {
        return status;
    }

    long dueNanos() {
        return dueNanos;
    }

    long sentNanos() {
        return sentNanos;
    }

    /** When it became free. */
    long freeNanos() {
        return freeNanos;
    }

    boolean underWay() {
        return underWay;
    }

    boolean open() {
        return connection.isOpen();
    }

    /** Reports nothing more about it. */
    void abandon() {
        abandoned = true;
        IoUtils.safeClose(connection);
    }
}
