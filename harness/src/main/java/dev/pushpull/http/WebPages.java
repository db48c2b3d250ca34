package dev.pushpull.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.regex.Pattern;

/** Distinguishes requests made by a page in somebody's browser from those sent by a program. */
public final class WebPages {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost\\.?|([a-z0-9_-]+\\.)+localhost\\.?|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private WebPages() {}

    /** Whether a page sent it: browsers add {@code Origin} to all but simple requests (Fetch, 3.1). */
    public static boolean sent(HttpServerExchange exchange) {
        return exchange.getRequestHeaders().contains(Headers.ORIGIN);
    }

    /**
     * Whether it is addressed to a name that means loopback everywhere. The owner of any other name can point it at our
     * address, so that a page of theirs looks like ours; nobody owns {@code localhost} and names that end with it (RFC
     * 6761).
     */
    public static boolean isToLoopback(HttpServerExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return host != null
                && LOOPBACK.matcher(PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst(""))
                        .matches();
    }
}
