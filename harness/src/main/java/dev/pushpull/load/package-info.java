/**
 * Drivers that send requests at given times, and peers that misbehave on purpose; both count the answers they get. May
 * use {@code http}, {@code host}, {@code measure}, {@code signing} and the values of {@code scenario}. Never knows more
 * about a server than its address, and never judges what it measures.
 */
package dev.pushpull.load;
