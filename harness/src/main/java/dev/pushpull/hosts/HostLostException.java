package dev.pushpull.hosts;

import java.io.IOException;

/** A part on another host could not be started, or is no longer there; the message names the host. */
public final class HostLostException extends IOException {
    private static final long serialVersionUID = 1;

    public HostLostException(String message) {
        super(message);
    }
}
