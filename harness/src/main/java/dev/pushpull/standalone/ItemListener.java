package dev.pushpull.standalone;

/** Is told what a poller or a receiver saw, as it sees it, by the thread that saw it: it must not wait for anything. */
public interface ItemListener {
    /** Listens to nothing. */
    ItemListener NONE = new ItemListener() {};

    /** An item was read: by a poller, each that is new or comes again after it was gone; by a receiver, every one. */
    default void saw(Sighting sighting) {}

    /**
     * A poll is over.
     *
     * @param number from 1
     * @param startedNanos when its first request was sent, by {@link dev.pushpull.host.NanoClock#SYSTEM}
     * @param endedNanos when its last answer was read
     * @param read whether all of its pages were read, or the server said that nothing has changed
     * @param whole whether it showed the whole list, rather than what is new after a cursor
     */
    default void polled(long number, long startedNanos, long endedNanos, boolean read, boolean whole) {}
}
