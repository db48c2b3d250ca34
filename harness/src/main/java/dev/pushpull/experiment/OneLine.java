package dev.pushpull.experiment;

/** What a stranger's server said, made fit to be shown: one line without control characters, not too long. */
final class OneLine {
    private static final int MOST_CHARACTERS = 200;

    private OneLine() {}

    static String of(String text) {
        return shortened(text.lines().findFirst().orElse(""));
    }

    /** The whole text as one line. */
    static String shortened(String text) {
        String shown = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
