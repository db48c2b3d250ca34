package dev.pushpull.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that records every request and answers as a test tells it to, each request on its own thread. */
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Script script;
    private final List<Taken> taken = new ArrayList<>();
    private final Set<InetSocketAddress> connections = new HashSet<>();
    private int underWay;
    private int mostUnderWay;

    /** A request as received; header names in lower case. */
    public record Taken(int number, String method, URI target, Map<String, String> headers, byte[] body) {
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    /** What to answer. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public static Reply status(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    /** Decides on an answer; may hold the request as long as it likes. An exception breaks the connection. */
    @FunctionalInterface
    public interface Script {
        Reply answer(Taken request) throws Exception;
    }

    public ScriptedServer(Script script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param path with its slash */
    public String url(String path) {
        return address() + path;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        Taken request;
        synchronized (taken) {
            request = new Taken(taken.size() + 1, exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
            taken.add(request);
            connections.add(exchange.getRemoteAddress());
            underWay++;
            mostUnderWay = Math.max(mostUnderWay, underWay);
        }
        Reply reply = null;
        try {
            reply = script.answer(request);
        } catch (Exception e) {
            throw new IOException("broken off as told", e);
        } finally {
            synchronized (taken) { // before the answer goes out: the client may send the next one at once
                underWay--;
            }
            if (reply == null) {
                exchange.close();
            }
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** All requests so far, in order of arrival. */
    public List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** Requests that are currently held. */
    public int underWay() {
        synchronized (taken) {
            return underWay;
        }
    }

    /** The most requests that were ever held at once. */
    public int mostUnderWay() {
        synchronized (taken) {
            return mostUnderWay;
        }
    }

    /** Connections that carried a request. */
    public int connections() {
        synchronized (taken) {
            return connections.size();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
