package dev.pushpull.host;

/** Another host's monotonic clock, as far as it is known here. */
@FunctionalInterface
public interface FarClock {
    /** When that clock showed a time, on this host's clock; off by no more than what is found out later. */
    long hereNanos(long thereNanos);
}
