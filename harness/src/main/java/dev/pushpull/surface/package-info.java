/**
 * What a provider offers on the wire, as its two sides see it: the contract of a surface (a mode's provider half), the
 * kinds of exchange that every provider has, what both sides count, and how many bytes an exchange takes. It uses what
 * lies below provider and consumer alike; it never sends an event.
 */
package dev.pushpull.surface;
