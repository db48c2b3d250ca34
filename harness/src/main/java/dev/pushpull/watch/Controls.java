package dev.pushpull.watch;

import java.util.Map;

/** What a reader of the page may change while it runs. */
public interface Controls {
    /** The settings as they are: numbers, texts and lists of them, by name. */
    Map<String, Object> settings();

    /**
     * Changes some of them.
     *
     * @param asked values by name
     * @throws dev.pushpull.scenario.InvalidInputException when one is not accepted: then none is changed
     */
    void change(Map<String, String> asked);
}
