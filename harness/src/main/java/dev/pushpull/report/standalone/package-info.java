/**
 * The outputs of a provider, receiver or poller on its own. May use {@code shared} and {@code scenario}. Never says
 * anything of a side that it did not see.
 */
package dev.pushpull.report.standalone;
