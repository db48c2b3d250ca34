/**
 * What closed forms say about a scenario: for a terminal, as files, and as a page with sliders. May use {@code shared},
 * {@code scenario} and {@code schedule}. Never computes a figure: all figures come with the record, except those that
 * the page's sliders ask for.
 */
package dev.pushpull.report.prediction;
