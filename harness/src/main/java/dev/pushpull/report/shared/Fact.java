package dev.pushpull.report.shared;

/** Something with its name, for a table of two columns. */
public record Fact(String name, String value) {}
