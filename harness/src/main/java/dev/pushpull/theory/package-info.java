/**
 * Closed forms over plain numbers: seconds, events a second, bytes, probabilities. What docs/theory.md derives stands
 * here once, for predictions and as the oracle of tests. Knows no scenario, reads no clock, uses nothing of ours.
 */
package dev.pushpull.theory;
