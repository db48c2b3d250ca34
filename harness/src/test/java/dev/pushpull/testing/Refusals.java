package dev.pushpull.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What every message about others' input must be, whatever that input is. */
public final class Refusals {
    private static final Pattern NOT_TO_BE_SHOWN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final int MOST_CHARACTERS = 20_000;

    private Refusals() {}

    /** That someone is told in one line what is wrong, without control characters for a terminal. */
    public static void assertOneLine(Throwable refusal) {
        assertOneLine(refusal.getMessage());
    }

    /** That a text is one line, without control characters for a terminal. */
    public static void assertOneLine(String text) {
        assertThat(text)
                .isNotBlank()
                .hasSizeLessThan(MOST_CHARACTERS)
                .matches(line -> !NOT_TO_BE_SHOWN.matcher(line).find(), "is one line without control characters");
    }
}
