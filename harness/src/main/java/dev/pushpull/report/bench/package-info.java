/**
 * The outputs of benchmarks: what JMH measured, and what {@code scripts/peers} measured of us and of others. May use
 * {@code shared} and {@code scenario}. Never mixes their figures with those of a run.
 */
package dev.pushpull.report.bench;
