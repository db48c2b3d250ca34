package dev.pushpull.watch;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.scenario.InvalidInputException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the page, its events and at last the report, on a free port of loopback. Whoever does not know the token in the
 * address gets nothing; nor does a page of others, which a browser sends with its own {@code Origin}, or which comes by
 * another name for this machine.
 */
final class WatchServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TOKEN_BYTES = 16;
    private static final int MOST_PAGES = 16;
    private static final String HTML = "text/html; charset=utf-8";
    private static final String NOWHERE_ELSE = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String token = token();
    private final byte[] page;
    private final String pagePolicy;
    private final Optional<Controls> controls;
    private final List<WatchClient> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger reportsRead = new AtomicInteger();
    private final MeteredHttpServer server;
    private final String authority;
    private volatile byte[] report;
    private volatile long ioThread;

    WatchServer(String page, RoleThreads threads, Optional<Controls> controls) {
        this.page = page.getBytes(StandardCharsets.UTF_8);
        this.pagePolicy = "default-src 'none'; connect-src 'self'; img-src data:; script-src "
                + Hashes.of(page, "script") + "; style-src " + Hashes.of(page, "style") + NOWHERE_ELSE;
        this.controls = controls;
        this.server = new MeteredHttpServer(LOOPBACK, 0, threads, this::handle);
        this.authority = LOOPBACK + ":" + server.address().getPort();
    }

    private static String token() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    URI address() {
        return URI.create("http://" + authority + "/" + token + "/");
    }

    /** The pages that are open. */
    List<WatchClient> clients() {
        clients.removeIf(WatchClient::over);
        return clients;
    }

    /** From now on there is a report. */
    void report(byte[] html) {
        report = html;
    }

    /** How many have read the report to its end. */
    int reportsRead() {
        return reportsRead.get();
    }

    /** The thread that writes; 0 before the first request. */
    long ioThread() {
        return ioThread;
    }

    private void handle(HttpServerExchange exchange) {
        ioThread = Thread.currentThread().getId(); // there is one
        HeaderMap headers = exchange.getRequestHeaders();
        String origin = headers.getFirst(Headers.ORIGIN);
        boolean posts = exchange.getRequestMethod().equals(Methods.POST);
        if (!authority.equals(headers.getFirst(Headers.HOST))
                || origin == null && posts
                || origin != null && !origin.equals("http://" + authority)) {
            refuse(exchange, StatusCodes.FORBIDDEN, "this page answers only to itself");
            return;
        }
        String[] path = exchange.getRequestPath().split("/", -1);
        if (path.length != 3 || !MessageDigest.isEqual(bytes(path[1]), bytes(token))) {
            refuse(exchange, StatusCodes.NOT_FOUND, "nothing is here; the whole address stands on the terminal");
            return;
        }
        switch ((posts ? "POST " : "GET ") + path[2]) {
            case "GET " -> send(exchange, HTML, pagePolicy, page);
            case "GET live" -> live(exchange);
            case "GET report" -> report(exchange);
            case "POST set" -> set(exchange);
            default -> refuse(exchange, StatusCodes.NOT_FOUND, "nothing is here");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void live(HttpServerExchange exchange) {
        if (clients().size() >= MOST_PAGES) {
            refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE, "enough pages are open");
            return;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        protect(headers, "default-src 'none'" + NOWHERE_ELSE);
        headers.put(Headers.CONTENT_TYPE, "text/event-stream");
        headers.put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        exchange.setPersistent(false);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            WatchClient client = new WatchClient(exchange);
            client.answer();
            clients.add(client);
        });
    }

    private void report(HttpServerExchange exchange) {
        byte[] made = report;
        if (made == null) {
            refuse(exchange, StatusCodes.NOT_FOUND, "there is no report yet");
            return;
        }
        exchange.addExchangeCompleteListener((completed, next) -> {
            reportsRead.incrementAndGet();
            next.proceed();
        });
        // its own policy, which stands in it, and where it may be shown
        send(exchange, HTML, "frame-ancestors 'none'", made);
    }

    private void set(HttpServerExchange exchange) {
        Map<String, String> asked = new HashMap<>();
        exchange.getQueryParameters().forEach((name, values) -> asked.put(name, values.peekFirst()));
        try {
            controls.orElseThrow(() -> new InvalidInputException("nothing can be set here"))
                    .change(asked);
            exchange.setStatusCode(StatusCodes.NO_CONTENT);
            exchange.endExchange();
        } catch (InvalidInputException e) {
            refuse(exchange, StatusCodes.BAD_REQUEST, e.getMessage());
        }
    }

    private static void refuse(HttpServerExchange exchange, int status, String why) {
        exchange.setStatusCode(status);
        send(exchange, "text/plain; charset=utf-8", "default-src 'none'", bytes(why + "\n"));
    }

    private static void send(HttpServerExchange exchange, String type, String policy, byte[] body) {
        HeaderMap headers = exchange.getResponseHeaders();
        protect(headers, policy);
        headers.put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    private static void protect(HeaderMap headers, String policy) {
        headers.put(new HttpString("Content-Security-Policy"), policy);
        headers.put(Headers.CACHE_CONTROL, "no-store");
        headers.put(new HttpString("X-Content-Type-Options"), "nosniff");
        headers.put(new HttpString("Referrer-Policy"), "no-referrer"); // the address has the token in it
        headers.put(new HttpString("Cross-Origin-Resource-Policy"), "same-origin");
    }

    /** Ends what pages are reading; those that are still there come back by themselves. */
    void hangUp() {
        clients.forEach(WatchClient::hangUp);
    }

    @Override
    public void close() {
        hangUp();
        server.close();
    }
}
