/**
 * The outputs of benchmarks: JMH's measurements, and what {@code scripts/peers} measured about us and others. May use
 * {@code shared} and {@code scenario}. Never mixes their figures with those of a run.
 */
package dev.pushpull.report.bench;
