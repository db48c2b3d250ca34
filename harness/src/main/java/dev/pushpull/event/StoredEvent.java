package dev.pushpull.event;

/**
 * An event in the log, with its JSON encoded once.
 *
 * @param position its place among all events of the provider, 1 for the first
 * @param json the event as sent, UTF-8; never modified
 */
public record StoredEvent(Event event, long position, byte[] json) {}
