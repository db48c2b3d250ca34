/**
 * The outputs of one run, live or in virtual time: the answer, the four common claims, every mode on its own, its files
 * and its page, and the journal of its events. May use {@code shared}, {@code scenario} and {@code schedule}. Never
 * reads another product, and decides nothing by the name of a mode.
 */
package dev.pushpull.report.run;
