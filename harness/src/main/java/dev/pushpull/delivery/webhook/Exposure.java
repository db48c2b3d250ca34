package dev.pushpull.delivery.webhook;

import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How senders reach a receiver: through which proxy, at which path, and with which credential.
 *
 * @param publicUrl the part before a request's path and query in the URL that its sender knows: scheme, host, port and
 *     a prefix of the path, without a slash at its end; empty where the request itself tells it
 * @param trustsProxy whether {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} tell it, if there is no public URL
 * @param paths the only paths that take webhooks, of consumer 0 and those after it; empty for a path for each consumer
 * @param credential required besides the signature
 */
public record Exposure(
        Optional<String> publicUrl, boolean trustsProxy, List<String> paths, Optional<Credential> credential) {
    /** No proxy and no credential. */
    public static final Exposure DIRECT = new Exposure(Optional.empty(), false, List.of(), Optional.empty());

    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?";

    public Exposure {
        paths = List.copyOf(paths);
    }

    /** The path of a consumer; empty where each has its own by number. */
    Optional<String> pathOf(int consumer) {
        return paths.isEmpty() ? Optional.empty() : Optional.of(paths.get(consumer));
    }

    /** The URL that a request was sent to, as its sender knows it. */
    String urlOf(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        return base(exchange) + path(exchange) + (query.isEmpty() ? "" : "?" + query);
    }

    private String base(HttpServerExchange exchange) {
        if (publicUrl.isPresent()) {
            return publicUrl.get();
        }
        String scheme = exchange.getRequestScheme();
        String host = exchange.getHostAndPort();
        if (trustsProxy) {
            scheme = forwarded(exchange, "X-Forwarded-Proto", "(?i)https?", scheme)
                    .toLowerCase(Locale.ROOT);
            host = forwarded(exchange, "X-Forwarded-Host", HOST, host);
        } else if (exchange.isHostIncludedInRequestURI()) {
            String uri = exchange.getRequestURI();
            return uri.substring(0, uri.length() - path(exchange).length());
        }
        return scheme + "://" + host;
    }

    /** As sent, encoded. */
    private static String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int slash = uri.indexOf('/', uri.indexOf("://") + "://".length());
        return slash < 0 ? "" : uri.substring(slash);
    }

    /** What the first of several proxies saw; if that makes no sense, what the request says. */
    private static String forwarded(HttpServerExchange exchange, String name, String form, String otherwise) {
        String value = exchange.getRequestHeaders().getFirst(name);
        String first = value == null ? "" : value.split(",", 2)[0].strip();
        return first.matches(form) ? first : otherwise;
    }
}
