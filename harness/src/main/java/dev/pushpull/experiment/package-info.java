/**
 * Compares modes, sweeps a grid and simulates: several trials of one scenario become outcomes with intervals, beside
 * what simulation and theory expect. May use all below it; only {@code cli} uses it.
 */
package dev.pushpull.experiment;
