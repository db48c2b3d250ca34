/**
 * What a provider offers on the wire, as both of its sides see it: how many bytes each exchange takes, with and
 * without TLS. Never sends an event.
 */
package dev.pushpull.surface;
