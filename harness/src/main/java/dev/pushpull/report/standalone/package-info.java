/**
 * The outputs of a provider, receiver or poller that ran alone. May use {@code shared} and {@code scenario}. Never says
 * anything about a side that it did not see.
 */
package dev.pushpull.report.standalone;
