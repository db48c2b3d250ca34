/**
 * What a provider offers on the wire, as its two sides see it: the contract of a surface (the provider's half of a
 * mode), the kinds of exchange that every provider has, what both sides count, and how many bytes an exchange takes. It
 * uses only what lies below both provider and consumer, and it never sends an event.
 */
package dev.pushpull.surface;
