package dev.pushpull.report.shared;

/** Whether a claim holds in this run. */
public enum Standing {
    HOLDS("Holds"),
    HOLDS_IN_PART("Holds in part"),
    FAILS("Does not hold"),
    UNDECIDED("Undecided");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
