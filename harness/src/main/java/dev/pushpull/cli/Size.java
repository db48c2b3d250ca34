package dev.pushpull.cli;

/** The size given for a flag. */
record Size(int bytes) {}
