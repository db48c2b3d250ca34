package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Optional;

/**
 * Where a webhook has its items, and what of an item counts. Every pointer but the first is within the item.
 *
 * @param items the path of the items in the body: a list, or one; empty when the whole body is one item
 * @param id the path of an item's id; empty for that of our own events, and otherwise the delivery's id
 * @param version the path of its version: an item of another version is another item
 * @param where what an item must be to count at all
 * @param time the path of the time that the item itself tells, in any form that is a moment by itself; empty for {@code
 *     /occurred_at}
 */
public record PushPointers(
        Optional<JsonPointer> items,
        Optional<JsonPointer> id,
        Optional<JsonPointer> version,
        List<ItemMatch> where,
        Optional<JsonPointer> time) {
    /** Every webhook is one item. */
    public static final PushPointers NONE =
            new PushPointers(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public PushPointers {
        where = List.copyOf(where);
    }

    /** Whether any was given. */
    boolean any() {
        return !equals(NONE);
    }
}
