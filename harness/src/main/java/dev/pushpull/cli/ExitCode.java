package dev.pushpull.cli;

/** The meanings of the program's exit codes. */
final class ExitCode {
    static final int DONE = 0;
    /** Something outside failed: a full disk, a port in use. */
    static final int FAILED = 1;

    static final int USAGE = 2;
    /** The books do not balance, or the harness could not keep pace. */
    static final int INVALID = 3;

    static final int ASSERTION_FAILED = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
