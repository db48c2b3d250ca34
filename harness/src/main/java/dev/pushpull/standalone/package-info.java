/**
 * {@code serve}, {@code receive} and {@code poll}: one side of an exchange alone, for as long as somebody wants it,
 * against peers that may be anybody's. May use the provider, the webhook receiver, and what those use. Never compares,
 * and never takes a peer for one of ours.
 */
package dev.pushpull.standalone;
