/**
 * How figures are made: the recorder of deliveries and requests, latencies, and intervals that say how far to trust
 * them. Uses {@code http} and {@code host}. Opens no connection except for the bare round trip, which is a figure
 * itself.
 */
package dev.pushpull.measure;
