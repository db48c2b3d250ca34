package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Optional;

/**
 * Where an answer has its items, and what of an item counts.
 *
 * @param list the path of the list in the answer; of a stream every line or event is an item
 * @param id the path of an item's id in the item
 * @param version the path of its version: an item of another version is another item
 * @param where what an item must be to count at all
 * @param time the path of the time that the item itself tells, in any form that is not ambiguous
 */
public record ItemPointers(
        JsonPointer list, JsonPointer id, Optional<JsonPointer> version, List<ItemMatch> where, JsonPointer time) {
    /** Where our provider's events have their time. */
    public static final JsonPointer OCCURRED_AT = JsonPointer.compile("/occurred_at");

    public ItemPointers {
        where = List.copyOf(where);
    }

    /** Every item of a list counts, by its id. */
    public static ItemPointers of(JsonPointer list, JsonPointer id) {
        return new ItemPointers(list, id, Optional.empty(), List.of(), OCCURRED_AT);
    }
}
