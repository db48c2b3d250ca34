/**
 * Drivers that send requests at the times they are told, and peers that behave badly on purpose; both count what they
 * are answered. May use {@code http}, {@code host}, {@code measure}, {@code signing} and the values of {@code
 * scenario}. Never knows more of a server than its address, or judges what it measures.
 */
package dev.pushpull.load;
