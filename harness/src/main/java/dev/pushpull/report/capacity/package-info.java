/**
 * The outputs of a search for capacity: what each path carries, and latency over load. May use {@code shared} and
 * {@code scenario}. Never says how much a path could carry beyond what was tried.
 */
package dev.pushpull.report.capacity;
