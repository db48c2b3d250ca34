/**
 * Turns outcomes into what people and programs read. This package contains only rooms, one for each product, with the
 * terminal text, the CSV, the JSON and the page of that product; {@code shared} has what several of them need. They use
 * the values of {@code scenario} and {@code schedule}, and never run, measure or wait for anything.
 */
package dev.pushpull.report;
