/**
 * Closed forms over plain numbers: seconds, events a second, bytes, probabilities. Everything that docs/theory.md
 * derives stands here once, for predictions and to check tests against. May use nothing else of the project. Never
 * knows a scenario, reads a clock or draws at random.
 */
package dev.pushpull.theory;
