package dev.pushpull.standalone;

import okhttp3.Headers;

/**
 * How to ask.
 *
 * @param method {@code GET} or {@code POST}
 * @param body sent with a {@code POST}; may be empty
 * @param headers sent with every request to the URL's server
 * @param conditional whether to send {@code If-None-Match} and {@code If-Modified-Since}; never with a {@code POST}
 * @param followsRedirects whether to go where a redirect points
 */
public record PollRequest(String method, byte[] body, Headers headers, boolean conditional, boolean followsRedirects) {
    static final String POST = "POST";

    /** A conditional {@code GET} that stays where it is sent. */
    public static final PollRequest PLAIN = new PollRequest("GET", new byte[0], Headers.EMPTY, true, false);

    boolean isPost() {
        return method.equals(POST);
    }
}
