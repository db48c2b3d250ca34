/**
 * What is asked and what came out: the scenario, the outcome of each mode, the prediction, the one list of metrics.
 * Values only: nothing here runs, waits or writes. May use the value types of {@code schedule}.
 */
package dev.pushpull.scenario;
