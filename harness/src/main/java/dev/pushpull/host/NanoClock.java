package dev.pushpull.host;

/** A monotonic clock in nanoseconds. Its origin is arbitrary; only differences have a meaning. */
@FunctionalInterface
public interface NanoClock {
    /** The host's monotonic clock, which all processes of a host share. */
    NanoClock SYSTEM = System::nanoTime;

    long nanoTime();
}
