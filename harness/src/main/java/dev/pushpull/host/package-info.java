/**
 * This machine and its processes: clocks, threads by role, meters of CPU, heap and hiccups, limits, child JVMs, and
 * the interruption of a run. May use the values of {@code scenario} and {@code schedule}. Never knows HTTP or an
 * event.
 */
package dev.pushpull.host;
