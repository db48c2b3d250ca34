package dev.pushpull.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells requests that a page in somebody's browser made from those that a program sent. */
public final class WebPages {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost\\.?|([a-z0-9_-]+\\.)+localhost\\.?|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private WebPages() {}

    /** Whether a page sent it: browsers add {@code Origin} to all but simple questions (Fetch, 3.1). */
    public static boolean sent(HttpServerExchange exchange) {
        return exchange.getRequestHeaders().contains(Headers.ORIGIN);
    }

    /**
     * Whether it is addressed to a name that is loopback's for everybody. Other names may be given our address by whoever
     * owns them, so that a page of theirs is taken for ours; {@code localhost} and what ends with it nobody owns (RFC 6761).
     */
    public static boolean isToLoopback(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return host != null
                && LOOPBACK.matcher(PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst(""))
                        .matches();
    }
}
