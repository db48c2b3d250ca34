/**
 * Inputs and results as values: the scenario, outcomes, predictions, findings, the one list of metrics, and the bounds
 * within which figures agree. May use the value types of {@code schedule}. Never runs, waits, reads a clock or writes a
 * file.
 */
package dev.pushpull.scenario;
