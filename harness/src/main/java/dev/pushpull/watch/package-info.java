/**
 * A run as it happens, on a page that a server on loopback serves: what was recorded last is sampled, at most
 * four times a second, and sent as server-sent events. It reads what a run leaves in a {@link dev.pushpull.measure.Tail}, and takes frames that
 * no reader takes for lost. It never makes a run wait, and knows neither experiments nor modes.
 */
package dev.pushpull.watch;
