/**
 * What happens: an event, its JSON, how it is drawn from a scenario, and the log that keeps a stream's newest events
 * and answers readers without making them wait for the writer. Knows no HTTP and no clock.
 */
package dev.pushpull.event;
