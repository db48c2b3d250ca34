/**
 * The building blocks of several products' outputs: figures and their text, what is true of any mode, and the forms of
 * CSV, JSON, Markdown, pages and terminal lines. May use the values of {@code scenario} and {@code schedule}. Never
 * knows a product, and never compares modes.
 */
package dev.pushpull.report.shared;
