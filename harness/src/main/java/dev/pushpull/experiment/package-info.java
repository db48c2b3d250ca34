/**
 * Runs a scenario as trials and comes to an outcome: draws the events, warms up, opens a provider and its consumers for
 * each mode, lets the events occur at their times, waits for what is on its way, and audits the books.
 */
package dev.pushpull.experiment;
