package dev.pushpull.trace;

/** The forms of time that {@code --trace-form} names. */
public enum TraceForm {
    /** Seconds, milliseconds and the like. */
    NUMBER("a number"),
    /** 2025-11-26T00:00:00Z, with or without a zone. */
    ISO("ISO-8601"),
    /** 2025-11-26. */
    DATE("a date alone"),
    /** Wed, 26 Nov 2025 00:00:00 +0000, and whatever else names the month. */
    MONTH("a time with the month's name"),
    /** Nov 26 00:00:00, as syslog writes it. */
    SYSLOG("a time without a year"),
    /** 26/11/2025 00:00. */
    NUMERIC("day, month and year in numbers");

    private final String words;

    TraceForm(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** As the flag's value is typed. */
    String typed() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
