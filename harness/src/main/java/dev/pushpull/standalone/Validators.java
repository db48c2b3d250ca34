package dev.pushpull.standalone;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** What answers said by which their server recognises them, for conditional requests; of a limited number of pages. */
final class Validators {
    private static final int MOST = 1_000;

    /** Longer ones would take much room, and no server needs them. */
    private static final int LONGEST = 8_000;

    private final Map<String, Page> pages = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Page> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A page as it was last seen.
     *
     * @param next where it led
     */
    record Page(String etag, String lastModified, Optional<HttpUrl> next) {}

    /** Remembers an answer, as far as it can be recognised. */
    void remember(String page, Headers headers, Optional<HttpUrl> next) {
        String etag = sendable(headers.get("ETag"));
        String lastModified = sendable(headers.get("Last-Modified"));
        if (etag == null && lastModified == null) {
            pages.remove(page);
        } else {
            pages.put(page, new Page(etag, lastModified, next));
        }
    }

    void forget(String page) {
        pages.remove(page);
    }

    Optional<Page> of(String page) {
        return Optional.ofNullable(pages.get(page));
    }

    /** Adds what asks whether the page has changed. */
    void addTo(Headers.Builder headers, String page) {
        Page known = pages.get(page);
        if (known != null && known.etag() != null) {
            headers.removeAll("If-None-Match").addUnsafeNonAscii("If-None-Match", known.etag());
        }
        if (known != null && known.lastModified() != null) {
            headers.removeAll("If-Modified-Since").addUnsafeNonAscii("If-Modified-Since", known.lastModified());
        }
    }

    /**
     * The client reads and writes headers as UTF-8, so bytes that are UTF-8 are sent back as they came. Others were
     * replaced when they were read, so they cannot be sent back; what would end the line or the header is never sent.
     */
    private static String sendable(String value) {
        boolean asItCame = value != null
                && value.length() <= LONGEST
                && value.chars().noneMatch(c -> c == '\uFFFD' || c < ' ' && c != '\t' || c == '\u007F');
        return asItCame ? value : null;
    }
}
