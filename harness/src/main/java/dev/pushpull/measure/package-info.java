/**
 * How things are measured: clocks, the recorder, meters for bytes, CPU and the machine's hiccups, and confidence
 * intervals. Knows nothing of what is measured; may use the values of {@code scenario}.
 */
package dev.pushpull.measure;
