/**
 * What closed forms say of a scenario, for a terminal. May use {@code shared}, {@code scenario} and {@code schedule}.
 * Never computes a figure: all of them come with the prediction.
 */
package dev.pushpull.report.prediction;
