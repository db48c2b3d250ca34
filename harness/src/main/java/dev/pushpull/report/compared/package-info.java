/**
 * The outputs of two stored runs side by side, the second judged against the first. May use {@code shared}, {@code
 * stored}, {@code scenario} and {@code schedule}. Never judges without an interval.
 */
package dev.pushpull.report.compared;
