package dev.pushpull.cli;

/** A command that runs until it is stopped. */
interface Interruptible {
    /** Ends it as Ctrl-C does. */
    void interrupt();
}
