package dev.pushpull.cli;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.standalone.PushPointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say where a webhook has its items. */
@FlagGroup.In(FlagGroup.WEBHOOKS)
final class PushItemFlags {
    private static final String ITEMS = "--push-items";
    private static final String ID = "--push-id";
    private static final String VERSION = "--push-version";
    private static final String WHERE = "--push-where";
    private static final String TIME = "--push-time";

    @Option(
            names = ITEMS,
            paramLabel = "POINTER",
            description = "JSON pointer to the items in a webhook's body: each element of a list is one (default: the "
                    + "whole body is one item). A form's field NAME is at /NAME.")
    private String items;

    @Option(
            names = ID,
            paramLabel = "POINTER",
            description = "JSON pointer to the id within an item (default: that of an event of 'pushpull serve', or "
                    + "else the delivery's id).")
    private String id;

    @Option(
            names = VERSION,
            paramLabel = "POINTER",
            description = "JSON pointer to an item's version, such as its state: another version is another item.")
    private String version;

    @Option(
            names = WHERE,
            paramLabel = "POINTER[!]=VALUE",
            description =
                    "Only items with this value count, such as /status=firing; != for all others (repeatable: all must match).")
    private List<String> where = new ArrayList<>();

    @Option(
            names = TIME,
            paramLabel = "POINTER",
            description = "JSON pointer to an item's own time: RFC 3339, HTTP date, or a number since 1970 "
                    + "(default: /occurred_at).")
    private String time;

    PushPointers read() {
        return new PushPointers(
                pointer(ITEMS, items),
                pointer(ID, id),
                pointer(VERSION, version),
                where.stream().map(text -> PointerFlags.match(WHERE, text)).toList(),
                pointer(TIME, time));
    }

    private static Optional<JsonPointer> pointer(String flag, String text) {
        return Optional.ofNullable(text).map(given -> PointerFlags.pointer(flag, given));
    }
}
