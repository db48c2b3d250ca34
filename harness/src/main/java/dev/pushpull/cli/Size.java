package dev.pushpull.cli;

/** What a flag takes for a size. */
record Size(int bytes) {}
