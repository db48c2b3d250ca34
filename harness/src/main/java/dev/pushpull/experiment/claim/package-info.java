/**
 * One experiment behind every common statement about webhooks, over real HTTP: what was seen is the evidence, figures
 * are read from it, and a verdict follows by a rule that is a pure function of the figures. Where events are sent
 * otherwise than in a comparison, they occur at a {@code Rig}. May use the live run, both sides of it and {@code
 * load}. Never writes results, and never judges by a part of an experiment.
 */
package dev.pushpull.experiment.claim;
