package dev.pushpull.standalone;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Tells a person what is new, not the same at every poll. Used by one thread. */
final class ToldChanges {
    private final Consumer<String> told;
    private final Map<String, String> last = new HashMap<>();

    ToldChanges(Consumer<String> told) {
        this.told = told;
    }

    /**
     * Tells a line unless the last one of its kind said the same.
     *
     * @param says what of the line is compared
     */
    void tell(String kind, String says, String line) {
        if (!Objects.equals(last.put(kind, says), says)) {
            told.accept(line);
        }
    }
}
