package dev.pushpull.standalone;

/**
 * Is told what a poller or a receiver saw, as it sees it, mostly by the thread that saw it, and by one at a time: it must not
 * wait for anything.
 */
public interface ItemListener {
    /** Listens to nothing. */
    ItemListener NONE = new ItemListener() {};

    /**
     * An item was read: by a poller, each that is new, or comes again after a whole list lacked it, or comes twice over one
     * connection that stays open; by a receiver, every one.
     */
    default void saw(Sighting sighting) {}

    /**
     * A poll is over.
     *
     * @param number from 1
     * @param startedNanos when its first request was sent, by {@link dev.pushpull.host.NanoClock#SYSTEM}
     * @param endedNanos when its last answer was read
     * @param ending of a stream, read when its beginning is over or its connection ended
     * @param whole whether it showed the whole list, rather than what is new after a cursor, a part of too many pages, or a
     *     part of a stream
     */
    default void polled(long number, long startedNanos, long endedNanos, PollEnding ending, boolean whole) {}
}
