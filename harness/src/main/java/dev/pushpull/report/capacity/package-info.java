/**
 * The outputs of a search for capacity: what each path carries, and latency against load. May use {@code shared} and
 * {@code scenario}. Never says how much a path could carry beyond the rates that were tried.
 */
package dev.pushpull.report.capacity;
