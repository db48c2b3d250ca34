/**
 * The same run with the provider and the consumers in JVMs of their own, which are driven over pipes. Adds no figure
 * that a run in one process does not have.
 */
package dev.pushpull.experiment.processes;
