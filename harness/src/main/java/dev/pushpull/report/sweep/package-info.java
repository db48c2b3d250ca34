/**
 * The outputs of a sweep: where the cheaper mode changes over intervals and rates, in words, tables and maps. May use
 * {@code shared}, {@code scenario} and {@code schedule}. Never compares the modes of a single cell, as the room of a
 * run does.
 */
package dev.pushpull.report.sweep;
