package dev.pushpull.scenario;

/** Something the person at the command line has to change: one line with what, the value given and what is accepted. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidInputException(String message) {
        super(message);
    }
}
