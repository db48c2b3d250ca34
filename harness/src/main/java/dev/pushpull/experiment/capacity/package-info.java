/**
 * The search for the highest rate that each path carries within a bound: the server under test is in one process, its
 * driver in another, two more hear the machine's stalls and tell its speed, and this one only says when. May use
 * {@code load}, {@code provider} and the webhook receiver. Never runs server and driver in one process, and never compares
 * modes.
 */
package dev.pushpull.experiment.capacity;
