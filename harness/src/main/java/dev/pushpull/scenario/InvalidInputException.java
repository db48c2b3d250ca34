package dev.pushpull.scenario;

/**
 * Something that the person at the command line must change: one line with what, the value given and what is accepted.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidInputException(String message) {
        super(message);
    }
}
