/**
 * Whole experiments on one scenario: several live trials of all modes side by side ({@code Comparison}), trials in
 * virtual time ({@code Simulation}), a grid of either ({@code Sweep}), and the comparison of measured figures with what
 * simulation and theory expect ({@code AgreementTable}). May use {@code experiment.run}, {@code experiment.processes}
 * and the contract of {@code delivery}. Never opens a connection itself, knows a mode by its name, or writes results.
 */
package dev.pushpull.experiment;
