/**
 * One experiment behind every common statement about webhooks. Each runs real HTTP, writes down what it saw as evidence and
 * ends in figures and a verdict; the verdict's rule is a pure function of the figures.
 */
package dev.pushpull.experiment.claim;
