/**
 * The folder that holds results: a new one for a run, and the list of all of them. May use {@code shared}, {@code
 * scenario} and {@code schedule}. Never writes the results themselves, and reads only what the list shows.
 */
package dev.pushpull.report.folder;
