/**
 * Schedulers that run commands on other hosts: job scripts, submitting them, and following them to their end. May use
 * {@code host} and the values of {@code scenario}. Knows neither a simulation nor its results.
 */
package dev.pushpull.cluster;
