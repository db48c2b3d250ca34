/**
 * The search for the highest rate that each path carries within a bound. The server under test runs in one process and
 * its driver in another; this one only coordinates them. May use {@code load}, {@code provider} and the webhook
 * receiver. Never runs server and driver in one process, and never compares modes.
 */
package dev.pushpull.experiment.capacity;
