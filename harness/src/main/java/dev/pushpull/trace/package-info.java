/**
 * Event times as people have them: bytes go in, epoch nanoseconds come out, with a sentence about what was decided; and
 * what such times are like. May use the values of {@code scenario}, the laws of {@code schedule} and the closed forms of
 * {@code theory}. Never opens a file or a socket, reads a clock or prints.
 */
package dev.pushpull.trace;
