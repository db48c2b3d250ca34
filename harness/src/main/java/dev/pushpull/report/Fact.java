package dev.pushpull.report;

/** Something with its name, for a table of two columns. */
record Fact(String name, String value) {}
