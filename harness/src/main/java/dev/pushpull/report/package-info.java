/**
 * Turns outcomes into what people and programs read: terminal table, Markdown, CSV, JSON, HdrHistogram files and the
 * HTML report, and reads {@code run.json} back. May use the values of {@code scenario} and {@code schedule}. Never runs,
 * measures or waits for anything.
 */
package dev.pushpull.report;
