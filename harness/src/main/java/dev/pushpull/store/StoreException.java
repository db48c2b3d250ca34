package dev.pushpull.store;

import java.io.IOException;

/** A database that cannot be used; the message is one line for the person who named it. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
