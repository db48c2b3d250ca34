package dev.pushpull.host;

/** A monotonic clock in nanoseconds. Its origin is arbitrary; only differences mean something. */
@FunctionalInterface
public interface NanoClock {
    /** The host's monotonic clock: one and the same for all processes of a host. */
    NanoClock SYSTEM = System::nanoTime;

    long nanoTime();
}
