/**
 * {@code serve}, {@code receive} and {@code poll}: one side of an exchange alone, for as long as somebody wants it,
 * against peers that may be anybody's. Compares nothing.
 */
package dev.pushpull.standalone;
