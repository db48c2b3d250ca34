package dev.pushpull.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Leads from page to page, and from poll to poll. Used by one thread. */
final class PageTurns {
    private final HttpUrl start;
    private final Paging paging;
    private String cursor;
    private int number;
    private Set<Fingerprint> lastPage = Set.of();
    private boolean fromStart = true;

    PageTurns(HttpUrl start, Paging paging) {
        this.start = start;
        this.paging = paging;
    }

    /** Where a poll begins. */
    HttpUrl first() {
        number = 1;
        lastPage = Set.of();
        fromStart = cursor == null;
        return paging.way() == Paging.Way.NUMBER ? numbered() : atCursor();
    }

    private HttpUrl numbered() {
        return with(String.valueOf(number));
    }

    private HttpUrl atCursor() {
        return cursor == null ? start : with(cursor);
    }

    private HttpUrl with(String value) {
        return start.newBuilder().setQueryParameter(paging.parameter(), value).build();
    }

    /**
     * Whether this answer refuses the cursor with which the poll began: a server that lost its items, or began anew, does
     * not know it. The next poll then begins at the beginning.
     */
    boolean refusesCursor(int status, int page) {
        boolean refused = page == 1 && cursor != null && (status == 400 || status == 404 || status == 410);
        cursor = refused ? null : cursor;
        return refused;
    }

    /** Whether the poll began at the beginning of the list, so that it shows the whole of it. */
    boolean fromStart() {
        return fromStart;
    }

    /** Whether a poll continues where the one before ended. */
    boolean continues() {
        return paging.way() == Paging.Way.CURSOR;
    }

    /** What tells where the next page is, in words. */
    String words() {
        return switch (paging.way()) {
            case CURSOR -> paging.cursor().toString().replaceFirst("^/", "");
            case LINK -> "next link";
            case NUMBER -> "page";
        };
    }

    /** Whether to ask for the page after one that was read, and where; it also keeps the cursor for later polls. */
    Optional<HttpUrl> next(HttpUrl asked, Headers headers, ListPage page) {
        switch (paging.way()) {
            case CURSOR -> {
                cursor = page.cursor();
                boolean more = page.more() || paging.tillCursorEnds() && !page.isEmpty();
                return more && cursor != null ? Optional.of(atCursor()) : Optional.empty();
            }
            case LINK -> {
                return link(asked, headers);
            }
            default -> {
                boolean ends = page.isEmpty() || page.keys().equals(lastPage);
                lastPage = page.keys();
                number++;
                return ends ? Optional.empty() : Optional.of(numbered());
            }
        }
    }

    private static Optional<HttpUrl> link(HttpUrl asked, Headers headers) {
        List<String> links = headers.values("Link");
        return LinkHeader.next(links).map(asked::resolve).filter(next -> !next.equals(asked));
    }

    /** Where to go from a page that has not changed since it led to {@code before}. */
    Optional<HttpUrl> nextOfUnchanged(HttpUrl asked, Headers headers, Optional<HttpUrl> before) {
        number++;
        return paging.way() == Paging.Way.LINK ? link(asked, headers).or(() -> before) : before;
    }

    /** Whether this answer says that there is no such page, after one that there was. */
    boolean isPastTheEnd(int status) {
        return paging.way() == Paging.Way.NUMBER && number > 1 && (status == 404 || status == 400);
    }

    /** A connection that follows on this one continues after this item of a stream, if it has a cursor. */
    void continueAfter(JsonNode item) {
        JsonNode told = continues() ? item.at(paging.cursor()) : MissingNode.getInstance();
        if (told.isValueNode() && !told.asText().isBlank()) {
            cursor = told.asText();
        }
    }
}
