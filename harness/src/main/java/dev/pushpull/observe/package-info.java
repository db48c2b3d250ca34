/**
 * A foreign system that is polled and sends webhooks at the same time: which items came both ways, how much sooner one
 * way was, and what was missing. The pairing is pure: sightings go in, decided pairs come out. May use {@code standalone},
 * {@code measure}, {@code trace} and the values of {@code scenario}. Never writes a file, and never assumes that the
 * system is one of ours.
 */
package dev.pushpull.observe;
