/**
 * The same run with the provider and the consumers in JVMs of their own, driven over pipes. May use {@code
 * experiment.run} and what that uses. Never adds a figure that a run in one process does not have.
 */
package dev.pushpull.experiment.processes;
