/**
 * One live run: draws the events, warms up, opens a provider and consumers for each mode, makes the events occur at
 * their times, waits for what is on its way, and audits the books. May use {@code provider}, the contract of {@code
 * delivery} and what those use. Never repeats a run, knows a mode by its name, or writes results.
 */
package dev.pushpull.experiment.run;
