/**
 * Turns outcomes into what people and programs read. There is nothing here but rooms, one a product, each with the terminal
 * text, the CSV, the JSON and the page of that product; what several of them need is in {@code shared}. They use the values
 * of {@code scenario} and {@code schedule} and never run, measure or wait for anything.
 */
package dev.pushpull.report;
