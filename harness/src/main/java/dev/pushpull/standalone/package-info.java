/**
 * {@code serve}, {@code receive} and {@code poll}: one side of an exchange alone, for as long as somebody wants it,
 * with peers that may be anyone's. May use the provider, the webhook receiver, and what those use. Never compares, and
 * never assumes that a peer is one of ours.
 */
package dev.pushpull.standalone;
