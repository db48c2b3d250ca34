package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.standalone.ItemPointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say where an answer has its items, and what of an item counts. */
@FlagGroup.In(FlagGroup.POLLING)
final class PollItemFlags {
    private static final String ITEMS = "--items";
    private static final String ID = "--id";
    private static final String VERSION = "--version";
    private static final String WHERE = "--where";
    private static final String TIME = "--time";
    private static final String DATA = "/data";

    @Option(
            names = ITEMS,
            paramLabel = "POINTER",
            description = "JSON pointer to the list; '' if the whole response is the list (default: " + DATA + ").")
    private String items;

    @Option(
            names = ID,
            paramLabel = "POINTER",
            description = "JSON pointer to the id within an item (default: ${DEFAULT-VALUE}).")
    private String id = "/id";

    @Option(
            names = VERSION,
            paramLabel = "POINTER",
            description =
                    "JSON pointer to an item's version: an item whose version changes is a new one. (-V prints the "
                            + "version of pushpull.)")
    private String version;

    @Option(
            names = WHERE,
            paramLabel = "POINTER[!]=VALUE",
            description =
                    "Only items with this value count, such as /state=open; with !=, only the others (repeatable: all must match).")
    private List<String> where = new ArrayList<>();

    @Option(
            names = TIME,
            paramLabel = "POINTER",
            description = "JSON pointer to an item's own time: RFC 3339, an HTTP date, or a number of seconds, "
                    + "ms, us or ns since 1970 (default: /occurred_at).")
    private String time;

    ItemPointers read() {
        return new ItemPointers(
                PointerFlags.pointer(ITEMS, items == null ? DATA : items),
                PointerFlags.pointer(ID, id),
                Optional.ofNullable(version).map(text -> PointerFlags.pointer(VERSION, text)),
                where.stream().map(text -> PointerFlags.match(WHERE, text)).toList(),
                time == null ? ItemPointers.OCCURRED_AT : PointerFlags.pointer(TIME, time));
    }

    /** @throws InvalidInputException when there is a pointer to a list although there is no list */
    void refuseList(String format) {
        if (items != null) {
            throw new InvalidInputException(ITEMS + ": it is not accepted with --format " + format
                    + "; each line or event is an item, accepted: --id, --version, --where, --time");
        }
    }
}
