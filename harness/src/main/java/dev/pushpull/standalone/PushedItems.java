package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.trace.OneTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Splits a webhook into its items, and reads of each what counts. Used by one thread. */
final class PushedItems {
    private static final JsonPointer ID = JsonPointer.compile("/id");
    private static final List<String> FIELDS_OF_OURS = List.of("id", "stream", "type", "occurred_at");

    private final PushPointers pointers;
    private final PointerWatch watch;
    private final OneTime times = new OneTime();
    private final String itemsFlag;
    private final String idFlag;
    private final String versionFlag;
    private final String timeFlag;
    private final List<String> whereFlags;
    private long leftOut;

    /**
     * One item.
     *
     * @param key equal for items that are the same
     * @param id as the sender wrote it, cut to a few hundred characters; must be made safe before printing
     * @param version in the same way; empty when there is none
     * @param sourceEpochNanos the time that it tells
     */
    record Item(Fingerprint key, String id, String version, OptionalLong sourceEpochNanos) {}

    /** @param told receives warnings, a line each */
    PushedItems(PushPointers pointers, Consumer<String> told) {
        this.pointers = pointers;
        watch = new PointerWatch(told);
        itemsFlag = watched("--push-items", pointers.items(), "they bring no item");
        idFlag = watched("--push-id", pointers.id(), "the delivery's id stands for it");
        versionFlag = watched("--push-version", pointers.version(), "they count as one version");
        timeFlag = watched("--push-time", pointers.time(), "it is not known when they occurred");
        whereFlags =
                pointers.where().stream().map("--push-where '%s'"::formatted).toList();
        whereFlags.forEach(flag -> watch.watch(flag, "none of them counts"));
    }

    private String watched(String name, Optional<JsonPointer> pointer, String consequence) {
        String flag = name + pointer.map(" '%s'"::formatted).orElse("");
        pointer.ifPresent(given -> watch.watch(flag, consequence));
        return flag;
    }

    /** The items of a webhook that count, in its order; none when there is none at the pointer. Never fails. */
    List<Item> of(String deliveryId, byte[] body) {
        List<JsonNode> nodes = split(PushedBody.read(body));
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String otherwise = nodes.size() == 1 ? deliveryId : deliveryId + "#" + (i + 1);
            if (counts(nodes.get(i))) {
                items.add(read(nodes.get(i), otherwise));
            }
        }
        leftOut += nodes.size() - items.size();
        return items;
    }

    private List<JsonNode> split(JsonNode body) {
        if (pointers.items().isEmpty()) {
            return List.of(body);
        }
        JsonNode found = body.at(pointers.items().get());
        boolean isThere = !found.isMissingNode() && !found.isNull();
        watch.looked(itemsFlag, isThere, body);
        if (!found.isArray()) {
            return isThere ? List.of(found) : List.of();
        }
        List<JsonNode> nodes = new ArrayList<>();
        found.forEach(nodes::add);
        return nodes;
    }

    private boolean counts(JsonNode item) {
        boolean counts = true;
        for (int i = 0; i < whereFlags.size(); i++) {
            boolean matches = pointers.where().get(i).matches(item);
            watch.looked(whereFlags.get(i), matches, item);
            counts &= matches;
        }
        return counts;
    }

    private Item read(JsonNode item, String otherwise) {
        String pointed = pointers.id().map(at -> text(item, at)).orElseGet(() -> isOurs(item) ? text(item, ID) : "");
        watch.looked(idFlag, !pointed.isBlank(), item);
        String id = pointed.isBlank() ? otherwise : pointed;
        String version = pointers.version().map(at -> text(item, at)).orElse("");
        watch.looked(versionFlag, !version.isEmpty(), item);
        String time = text(item, pointers.time().orElse(ItemPointers.OCCURRED_AT));
        OptionalLong source = time.isEmpty() ? OptionalLong.empty() : times.epochNanos(time);
        watch.looked(timeFlag, source.isPresent(), item);
        return new Item(
                Fingerprint.of(true, id + '\0' + version),
                TerminalText.shortened(id),
                TerminalText.shortened(version),
                source);
    }

    private static boolean isOurs(JsonNode item) {
        return item.path("sequence").isIntegralNumber()
                && FIELDS_OF_OURS.stream().allMatch(field -> item.path(field).isTextual());
    }

    private static String text(JsonNode item, JsonPointer at) {
        JsonNode found = item.at(at);
        return found.isValueNode() && !found.isNull() ? found.asText() : "";
    }

    /** How many items did not count. */
    long leftOut() {
        return leftOut;
    }

    /** What to say at the end about pointers that matched nothing in the few items that came. */
    List<String> warnings() {
        return watch.warnings();
    }
}
