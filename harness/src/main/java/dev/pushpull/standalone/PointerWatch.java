package dev.pushpull.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Notices pointers that match nothing in item after item, and says so once while there is time to mend them, with a sample
 * of an item. Used by one thread; the warnings at the end by another, after it.
 */
final class PointerWatch {
    /** After so many items it is hardly chance. */
    static final int ENOUGH = 10;

    private final Consumer<String> told;
    private final Map<String, Hits> pointers = new LinkedHashMap<>();

    private static final class Hits {
        private final String consequence;
        private long items;
        private boolean hit;
        private boolean told;

        private Hits(String consequence) {
            this.consequence = consequence;
        }
    }

    PointerWatch(Consumer<String> told) {
        this.told = told;
    }

    /**
     * Looks after a pointer.
     *
     * @param flag as a person wrote it, with its value
     * @param consequence what happens to items without it
     */
    void watch(String flag, String consequence) {
        pointers.put(flag, new Hits(consequence));
    }

    /** An item had something there, or not. */
    synchronized void looked(String flag, boolean hit, JsonNode item) {
        Hits hits = pointers.get(flag);
        if (hits == null || hits.hit || hits.told) {
            return;
        }
        hits.items++;
        hits.hit = hit;
        if (!hit && hits.items >= ENOUGH) {
            hits.told = true;
            told.accept(says(flag, hits) + "; an item is " + ItemSample.of(item));
        }
    }

    private static String says(String flag, Hits hits) {
        return "%s matched none of %d items; %s".formatted(flag, hits.items, hits.consequence);
    }

    /** What was too few items to say it before. */
    synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        pointers.forEach((flag, hits) -> {
            if (hits.items > 0 && !hits.hit && !hits.told) {
                warnings.add(says(flag, hits));
            }
        });
        return warnings;
    }
}
