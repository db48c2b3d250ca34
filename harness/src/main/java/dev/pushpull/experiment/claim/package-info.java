/**
 * One experiment for each common claim about webhooks, over real HTTP. It records evidence, reads figures from it, and
 * reaches a verdict by a rule that is a pure function of the figures. Where events are sent differently than in a
 * comparison, they occur at a {@code Rig}. May use the live run, both sides of it and {@code load}. Never writes
 * results, and never judges from an incomplete experiment.
 */
package dev.pushpull.experiment.claim;
