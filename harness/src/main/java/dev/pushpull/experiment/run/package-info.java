/**
 * One live run: draws the events, warms up, opens a provider and consumers for each mode, lets the events occur at
 * their times, waits for what is on its way, and audits the books. Writes no results.
 */
package dev.pushpull.experiment.run;
