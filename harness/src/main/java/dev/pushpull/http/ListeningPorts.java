package dev.pushpull.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/** The ports at which a server listens: usually one. Each can be shut and opened again. */
public final class ListeningPorts implements AutoCloseable {
    private final Opener opener;
    private final Transport transport;
    private final String host;
    private final List<HttpListener> listeners = new CopyOnWriteArrayList<>();
    private boolean closed;

    /** Listens at a port; 0 for any free one. */
    interface Opener {
        HttpListener listenAt(int port) throws IOException;
    }

    ListeningPorts(String host, int port, Transport transport, Opener opener) throws IOException {
        this.opener = opener;
        this.transport = transport;
        this.host = host;
        listeners.add(opener.listenAt(port));
    }

    /** Accepts clients at the first port from now on. */
    void accept() {
        listeners.get(0).accept();
    }

    /**
     * Listens at one more free port, and accepts there. The first is number 0.
     *
     * @throws IOException when it cannot listen
     */
    public synchronized void addOne() throws IOException {
        HttpListener more = opener.listenAt(0);
        listeners.add(more);
        more.accept();
    }

    /** The address of one of them. */
    public URI address(int number) {
        return URI.create(transport.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + listeners.get(number).address().getPort());
    }

    /** Nobody listens there any more: connections are refused, and those that are open are closed. */
    public synchronized void shut(int number) {
        if (!closed) {
            listeners.get(number).shut();
        }
    }

    /**
     * Listens at a port again that was shut.
     *
     * @throws IOException when somebody else does meanwhile
     */
    public synchronized void reopen(int number) throws IOException {
        if (!closed) {
            listeners.get(number).reopen();
        }
    }

    long sum(ToLongFunction<HttpListener> count) {
        return listeners.stream().mapToLong(count).sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        listeners.forEach(HttpListener::close);
    }
}
