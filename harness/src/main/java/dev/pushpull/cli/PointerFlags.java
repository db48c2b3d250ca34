package dev.pushpull.cli;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.standalone.ItemMatch;

/** Reads flags whose values are JSON pointers (RFC 6901) or names of query parameters. */
final class PointerFlags {
    private PointerFlags() {}

    /** @throws dev.pushpull.scenario.InvalidInputException when it is none */
    static JsonPointer pointer(String flag, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw Quantity.wrong(flag, text, "a JSON pointer such as /data, or '' for the whole");
        }
    }

    /** {@code POINTER=VALUE} or {@code POINTER!=VALUE}; the value may have further equals signs. */
    static ItemMatch match(String flag, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw Quantity.wrong(flag, text, "POINTER=VALUE or POINTER!=VALUE such as /type=push");
        }
        boolean unequal = equals > 0 && text.charAt(equals - 1) == '!';
        String at = text.substring(0, unequal ? equals - 1 : equals);
        return new ItemMatch(pointer(flag, at), text.substring(equals + 1), !unequal);
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when it has no letters, or others than may stand in a name */
    static void checkParameter(String flag, String name) {
        if (!name.matches("[!-~&&[^&#=?]]+")) {
            throw Quantity.wrong(flag, name, "the name of a query parameter such as after");
        }
    }
}
