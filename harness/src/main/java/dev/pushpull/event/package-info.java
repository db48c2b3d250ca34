/**
 * An event, its JSON, how it is made from a scenario, and the log that keeps a stream's newest events and answers
 * readers without making them wait for the writer. May use {@code scenario} and {@code schedule}. Never reads a clock,
 * and never knows HTTP.
 */
package dev.pushpull.event;
