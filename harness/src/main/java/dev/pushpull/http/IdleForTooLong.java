package dev.pushpull.http;

import java.io.IOException;

/** A connection was idle for too long; the request uses another. */
final class IdleForTooLong extends IOException {
    private static final long serialVersionUID = 1;
}
