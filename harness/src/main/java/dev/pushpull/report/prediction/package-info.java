/**
 * What closed forms say about a scenario, for a terminal. May use {@code shared}, {@code scenario} and {@code
 * schedule}. Never computes a figure: all figures come with the prediction.
 */
package dev.pushpull.report.prediction;
