package dev.pushpull.standalone;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Reports what is new, instead of the same at every poll. Used by one thread. */
final class ToldChanges {
    private final Consumer<String> told;
    private final Map<String, String> last = new HashMap<>();

    ToldChanges(Consumer<String> told) {
        this.told = told;
    }

    /**
     * Reports a line unless the last one of its kind said the same.
     *
     * @param says the part of the line that is compared
     */
    void tell(String kind, String says, String line) {
        if (!Objects.equals(last.put(kind, says), says)) {
            told.accept(line);
        }
    }
}
