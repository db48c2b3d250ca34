package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * How one page leads to the next.
 *
 * @param cursor the path of the cursor in the answer or, in a stream, in a line or an event; of {@link Way#CURSOR}
 * @param parameter the query parameter of the cursor or of the page's number
 * @param tillCursorEnds whether a cursor leads to the next page of the same poll, even if no {@code has_more} says so
 * @param mostPages the most pages that one poll reads
 */
public record Paging(Way way, JsonPointer cursor, String parameter, boolean tillCursorEnds, int mostPages) {
    /** What tells where the next page is. */
    public enum Way {
        /** A cursor in the answer, which the next poll also continues from. */
        CURSOR,
        /** A header {@code Link} with {@code rel=next} (RFC 8288). */
        LINK,
        /** The number of the page, until a page is empty or comes again. */
        NUMBER
    }

    private static final JsonPointer NEXT_CURSOR = JsonPointer.compile("/next_cursor");

    /** As our provider does it: {@code next_cursor} and {@code has_more} in the answer, {@code after} in the query. */
    public static Paging ours(int mostPages) {
        return new Paging(Way.CURSOR, NEXT_CURSOR, "after", false, mostPages);
    }

    /** By {@code Link} headers. */
    public static Paging byLinks(int mostPages) {
        return new Paging(Way.LINK, JsonPointer.empty(), "", false, mostPages);
    }

    /** By numbers from 1. */
    public static Paging byNumbers(String parameter, int mostPages) {
        return new Paging(Way.NUMBER, JsonPointer.empty(), parameter, false, mostPages);
    }
}
