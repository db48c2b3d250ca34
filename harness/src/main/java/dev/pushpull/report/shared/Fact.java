package dev.pushpull.report.shared;

/** A name and a value, for a table with two columns. */
public record Fact(String name, String value) {}
