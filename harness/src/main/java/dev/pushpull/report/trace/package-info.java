/**
 * What a trace is like, for a terminal and as rows. May use {@code shared}, the values of {@code scenario} and
 * {@code schedule}, and the descriptions of {@code trace}. Never computes a figure.
 */
package dev.pushpull.report.trace;
