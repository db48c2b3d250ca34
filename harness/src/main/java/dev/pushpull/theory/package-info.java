/**
 * Closed forms over plain numbers: seconds, events a second, bytes, probabilities; what docs/theory.md derives stands
 * here once, for predictions and as the oracle of tests. May use nothing else of the project. Never knows a scenario,
 * reads a clock or draws at random.
 */
package dev.pushpull.theory;
