package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.trace.OneTime;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads of an item what counts of it. Used by one thread. */
final class ItemReader {
    /** Numbers are kept as written, and the order of an item's fields does not matter. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private static final char BETWEEN = '\u0000';

    private final ItemPointers pointers;
    private final PointerWatch watch;
    private final OneTime times = new OneTime();
    private final String idFlag;
    private final String versionFlag;
    private final String timeFlag;
    private final List<String> whereFlags;

    /**
     * One item.
     *
     * @param key equal for items that are the same
     * @param id as the other side wrote it, cut to a few hundred characters; must be made safe before printing
     * @param version in the same way; empty when there is none
     * @param named whether it has its own id; otherwise its content is its id
     * @param occurredEpochNanos when it occurred, if it says so
     * @param counts whether it is what it must be
     */
    record Item(
            Fingerprint key,
            String id,
            String version,
            boolean named,
            OptionalLong occurredEpochNanos,
            boolean counts) {}

    /** @param told receives warnings, a line each */
    ItemReader(ItemPointers pointers, Consumer<String> told) {
        this.pointers = pointers;
        watch = new PointerWatch(told);
        idFlag = "--id '%s'".formatted(pointers.id());
        versionFlag = "--version '%s'"
                .formatted(pointers.version().map(Object::toString).orElse(""));
        timeFlag = "--time '%s'".formatted(pointers.time());
        whereFlags = pointers.where().stream().map("--where '%s'"::formatted).toList();
        watch.watch(idFlag, "they are compared by their whole content");
        pointers.version().ifPresent(any -> watch.watch(versionFlag, "they count as one version"));
        if (!pointers.time().equals(ItemPointers.OCCURRED_AT)) {
            watch.watch(timeFlag, "it is not known when they occurred");
        }
        whereFlags.forEach(flag -> watch.watch(flag, "none of them counts"));
    }

    /** @param ownId what else may be its id, if it has none at the pointer; blank for none */
    Item read(JsonNode item, String ownId) throws IOException {
        boolean counts = true;
        for (int i = 0; i < whereFlags.size(); i++) {
            boolean matches = pointers.where().get(i).matches(item);
            watch.looked(whereFlags.get(i), matches, item);
            counts &= matches;
        }
        String pointed = text(item, pointers.id());
        String id = pointed.isBlank() ? ownId : pointed;
        boolean named = !id.isBlank();
        String text = named ? id : JSON.writeValueAsString(item);
        String version = pointers.version().map(at -> text(item, at)).orElse("");
        String time = counts ? text(item, pointers.time()) : "";
        OptionalLong occurred = time.isEmpty() ? OptionalLong.empty() : times.epochNanos(time);
        if (counts) {
            watch.looked(idFlag, named, item);
            watch.looked(versionFlag, !version.isEmpty(), item);
            watch.looked(timeFlag, occurred.isPresent(), item);
        }
        return new Item(
                Fingerprint.of(named, version.isEmpty() ? text : text + BETWEEN + version),
                TerminalText.shortened(text),
                TerminalText.shortened(version),
                named,
                occurred,
                counts);
    }

    private static String text(JsonNode item, JsonPointer at) {
        JsonNode found = item.at(at);
        return found.isValueNode() && !found.isNull() ? found.asText() : "";
    }

    /** What to say at the end about pointers that matched nothing. */
    List<String> warnings() {
        return watch.warnings();
    }
}
