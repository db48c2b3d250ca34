package dev.pushpull.trace;

/** What a file alone does not tell, and the flag that settles it. */
final class TraceDoubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what can be read in two ways, and the flag that says which */
    TraceDoubt(String message) {
        super(message, null, false, false);
    }
}
