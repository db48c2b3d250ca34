package dev.pushpull.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Bad servers on loopback, one of each kind, each on its own port. */
public final class BadEndpoints implements AutoCloseable {
    /** Small, so that a peer that writes to a server that does not read soon gets stuck. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 10;

    private final byte[] answer;
    private final byte[] courtesy;
    private final boolean tls;
    private final Map<BadEndpoint, Server> servers = new EnumMap<>(BadEndpoint.class);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private record Server(ServerSocket socket, AtomicInteger turns) {}

    /**
     * Without TLS.
     *
     * @param answer what good servers would send
     * @param courtesy the proper answer to the very first request; empty to misbehave from the start
     */
    public BadEndpoints(Collection<BadEndpoint> kinds, byte[] answer, byte[] courtesy) {
        this(kinds, answer, courtesy, false);
    }

    /** The same, optionally with TLS: with this run's certificate, below the misbehaviour. */
    public BadEndpoints(Collection<BadEndpoint> kinds, byte[] answer, byte[] courtesy, boolean tls) {
        this.answer = answer;
        this.courtesy = courtesy;
        this.tls = tls;
        for (BadEndpoint kind : kinds) {
            try {
                ServerSocket socket = new ServerSocket();
                socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                servers.put(kind, new Server(socket, new AtomicInteger()));
            } catch (IOException e) {
                close();
                throw new UncheckedIOException(e);
            }
            started(kind.id(), () -> accept(kind, servers.get(kind)));
        }
    }

    /** A whole answer with status 200. */
    public static byte[] answer(String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: " + bytes.length + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The address of one of them. */
    public URI address(BadEndpoint kind) {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:"
                + servers.get(kind).socket().getLocalPort());
    }

    /** How many connections it has had. */
    public int conversations(BadEndpoint kind) {
        return servers.get(kind).turns().get();
    }

    private void accept(BadEndpoint kind, Server server) {
        while (!closed) {
            try {
                Socket socket = server.socket().accept();
                int turn = server.turns().getAndIncrement();
                started(kind.id() + " " + turn, () -> converse(kind, socket, turn));
            } catch (IOException e) {
                // the connection failed, or everything is being closed
            }
        }
    }

    private void converse(BadEndpoint kind, Socket socket, int turn) {
        try (Conversation bare = new Conversation(socket)) {
            open.add(bare);
            try {
                if (closed) {
                    return;
                }
                Conversation talk = tls && !kind.isOfTls() ? bare.encrypted(false) : bare;
                if (courtesy.length == 0) {
                    kind.misbehave(talk, answer, turn);
                } else if (turn == 0) {
                    talk.hear();
                    talk.say(courtesy);
                } else {
                    kind.misbehave(talk, answer, turn - 1);
                }
            } finally {
                open.remove(bare);
            }
        } catch (IOException e) {
            // the other side has hung up, as it may
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void started(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                },
                "bad " + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        for (Server server : servers.values()) {
            try {
                server.socket().close();
            } catch (IOException e) {
                // closed anyway
            }
        }
        threads.forEach(Thread::interrupt);
        open.forEach(Conversation::close);
    }
}
