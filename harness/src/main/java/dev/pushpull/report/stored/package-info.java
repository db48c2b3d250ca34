/**
 * A results folder read back, whatever command made it, and all its files made again. May use the room of every product
 * that leaves a {@code run.json}. Never writes a file itself: each room writes its own.
 */
package dev.pushpull.report.stored;
